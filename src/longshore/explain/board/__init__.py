"""The notice board: what befalls markets and indexes, told from events as it happens."""

from longshore.explain.board.board import Board, BoardState, Stop
from longshore.explain.board.notice import Notice

__all__ = ["Board", "BoardState", "Notice", "Stop"]
