"""What every part of the desk works on: chains, books, the venue's addresses, and its own coins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from longshore.custody.addresses import make_address
from longshore.custody.books import Books
from longshore.custody.chain import Chain, ChainError, Output, Transaction
from longshore.custody.networks import Network
from longshore.custody.records import Refused, Terms

HOT_COINS = 8
"""What is hot at the beginning comes in so many coins, so that not all of it waits for change."""
GIVER_COINS = 64
"""The same of who gives coins away."""
PPM = 1_000_000


class House:
    """The chains of one world, and which of their addresses are the venue's."""

    def __init__(self, networks: Sequence[Network], seed: int, start_us: int, terms: Terms) -> None:
        """At the beginning, with the venue's stock, part of it hot, and the giver's."""
        self.terms = terms
        self.seed = seed
        self.books = Books()
        self.now_us = start_us
        self.networks = {each.name: each for each in networks}
        self.chains: dict[str, Chain] = {}
        self.own: set[str] = set()
        """All addresses whose keys are the venue's."""
        self._own: dict[str, list[str]] = {each.family: [] for each in networks}
        for each in networks:
            self.chains[each.name] = Chain(each, seed, start_us, self._genesis(each))

    def _genesis(self, network: Network) -> list[Output]:
        made: list[Output] = []
        for listed in network.listed:
            atoms = self.terms.stock_atoms.get(listed.asset, 0)
            hot = atoms * self.terms.hot_ppm // PPM // HOT_COINS
            parts = [Output(self.hot(network), listed.asset, hot)] * HOT_COINS
            cold = Output(self.cold(network), listed.asset, atoms - hot * HOT_COINS)
            given = Output(self.giver(network), listed.asset, atoms // GIVER_COINS)
            made += [each for each in (*parts, cold, *[given] * GIVER_COINS) if each.atoms > 0]
            self.books.came("stock", listed.asset, atoms)
        self.take(self.hot(network), network)
        self.take(self.cold(network), network)
        return made

    def take(self, address: str, network: Network) -> None:
        """The venue has the key of an address, on every network of its family."""
        if address not in self.own:
            self.own.add(address)
            self._own[network.family].append(address)

    def network(self, name: str) -> Network:
        """By name. Refused: there is none."""
        if name not in self.networks:
            raise Refused("UNKNOWN_NETWORK", "network")
        return self.networks[name]

    def hot(self, network: Network) -> str:
        """Whose key is at hand: withdrawals leave from here."""
        return make_address(network.family, self.seed, "hot", network.name)

    def cold(self, network: Network) -> str:
        """Whose key is in a safe: what is not needed soon."""
        return make_address(network.family, self.seed, "cold", network.name)

    def giver(self, network: Network) -> str:
        """Somebody outside with coins to give away: the operator gives from here."""
        return make_address(network.family, self.seed, "giver", network.name)

    def on_chains(self) -> Counter[str]:
        """What the venue's addresses hold, as the chains say."""
        held: Counter[str] = Counter()
        for chain in self.chains.values():
            mine = self._own[chain.network.family]
            for listed in chain.network.listed:
                held[listed.asset] += sum(chain.balances[each, listed.asset] for each in mine)
        return held

    def balanced(self) -> None:
        """UnbalancedError: the chains hold another amount than the books say."""
        self.books.balanced(self.on_chains())

    def send(
        self, network: Network, sender: str, outputs: Sequence[Output], payer: str = ""
    ) -> Transaction | None:
        """A payment of the venue's own; None: there is not enough for it now."""
        try:
            chain = self.chains[network.name]
            return chain.send(sender, outputs, self.now_us, payer=payer, resent=True)
        except ChainError:
            return None
