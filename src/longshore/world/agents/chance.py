"""A trader's chance: `world.random`'s stream, drawn by a rule, to the last bit the same."""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.rows import Agent, Word

DRAWS = 8  # how many numbers one step may draw
HALF = (1 << 32) - 1
QUARTER = (1 << 16) - 1
WEYL_HI, WEYL_LO = 0x9E3779B9, 0x7F4A7C15
FIRST_HI, FIRST_LO = 0xBF58476D, 0x1CE4E5B9
SECOND_HI, SECOND_LO = 0x94D049BB, 0x133111EB


@rule
def draw(crowd: Crowd, agent: Agent, lane: I64, bound: I64) -> I64:
    """A number in [0, bound), the same for this seed, agent, step and lane; bound at most 2**46."""
    word = crowd.words[0]
    number = agent.step * DRAWS + lane
    word.hi = number >> 32
    word.lo = number & HALF
    times(word, WEYL_HI, WEYL_LO)
    low = word.lo + agent.key_lo
    word.hi = (word.hi + agent.key_hi + (low >> 32)) & HALF
    word.lo = low & HALF
    scramble(word)
    return share_of(word, bound)


@rule
def scramble(word: Word) -> None:
    """Every bit depends on every bit: the splitmix64 finaliser."""
    word.lo = word.lo ^ (word.lo >> 30 | (word.hi << 2) & HALF)
    word.hi = word.hi ^ (word.hi >> 30)
    times(word, FIRST_HI, FIRST_LO)
    word.lo = word.lo ^ (word.lo >> 27 | (word.hi << 5) & HALF)
    word.hi = word.hi ^ (word.hi >> 27)
    times(word, SECOND_HI, SECOND_LO)
    word.lo = word.lo ^ (word.lo >> 31 | (word.hi << 1) & HALF)
    word.hi = word.hi ^ (word.hi >> 31)


@rule
def times(word: Word, by_hi: I64, by_lo: I64) -> None:
    """The word times another, modulo 2**64; no product on the way passes 2**49."""
    upper = (word.lo >> 16) * by_lo
    low = (word.lo & QUARTER) * by_lo + ((upper & QUARTER) << 16)
    carry = (low >> 32) + (upper >> 16)
    high = carry + low_half(word.lo, by_hi) + low_half(word.hi, by_lo)
    word.lo = low & HALF
    word.hi = high & HALF


@rule
def low_half(a: I64, b: I64) -> I64:
    """a * b modulo 2**32, of two halves."""
    return ((a & QUARTER) * b + (((a >> 16) * b & QUARTER) << 16)) & HALF


@rule
def share_of(word: Word, bound: I64) -> I64:
    """word * bound / 2**64, rounded down, a quarter of the word at a time."""
    share = (word.lo & QUARTER) * bound >> 16
    share = share + (word.lo >> 16) * bound >> 16
    share = share + (word.hi & QUARTER) * bound >> 16
    return share + (word.hi >> 16) * bound >> 16


@rule
def bits_of(value: I64) -> I64:
    """How many binary digits a number has; zero has none."""
    count = 0
    left = value
    while left > 0:
        left = left >> 1
        count += 1
    return count


@rule
def doubled(value: I64, times_doubled: I64) -> I64:
    """A value times two, so many times."""
    made = value
    for _ in range(times_doubled):
        made = made + made
    return made
