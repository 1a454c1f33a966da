"""What if: one thing about an account's past done otherwise, and the world run again from there.

answer = what_if(folder, Question(account="anna", change="leverage 5x"))
answer.told                       # the answer in sentences
answer.before, answer.after       # how it ended, how it would have
"""

from __future__ import annotations

from longshore.practice.counterfactual.asking import Answer, Flow, Question, what_if
from longshore.practice.counterfactual.changes import ChangeError
from longshore.practice.counterfactual.ending import Ending

__all__ = ["Answer", "ChangeError", "Ending", "Flow", "Question", "what_if"]
