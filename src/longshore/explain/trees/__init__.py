"""How a number came about: the formula in words, its inputs, each with its own tree.

node      what a tree is made of, and the operations by which its parts add up
ground    the state and the rulebook that trees stand on
margins   what one position asks for
wallets   equity, maintenance and initial margin, what is free
positions the numbers of one position
markets   mark, index, funding
orders    what an order costs
accounts  all wallets together, in dollars
"""
