"""Rules of a state machine whose arguments are thrown with one dice, and walks: rules one after the other, at random.

Hypothesis runs them in `hatch run soak`, and finds the shortest way to a failure. Of a run of a few examples it makes
short ones first, of ten rules or so; a walk does as many as it is told to, and the same ones each time.
"""

from collections.abc import Callable
from functools import wraps
from inspect import getmembers
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, currently_in_test_context, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    INITIALIZE_RULE_MARKER,
    INVARIANT_MARKER,
    RULE_MARKER,
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from tests.survival.scale import IS_FULL

Choice = Callable[[Random], Any]
"""Throws an argument."""


def one_of(*choices: Any) -> Choice:
    return lambda dice: dice.choice(choices)


def number(least: int, most: int, *, or_none: bool = False) -> Choice:
    return lambda dice: None if or_none and dice.random() < 0.4 else dice.randint(least, most)


def thrown(weight: int = 1, /, **choices: Choice) -> Callable[[Callable[..., None]], Any]:
    """Make a rule of a function, which a walk chooses by its weight.

    Hypothesis itself prefers small numbers, which are about the oldest things.
    """

    def decorate(function: Callable[..., None]) -> Any:
        @wraps(function)
        def run(self: RuleBasedStateMachine, dice: Random) -> None:
            arguments = {name: choice(dice) for name, choice in choices.items()}
            said = f"{function.__name__}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"
            note(said) if currently_in_test_context() else print(said)  # noqa: T201  (pytest shows it where the walk fails)
            function(self, **arguments)

        run.weight = weight  # type: ignore[attr-defined]  # nothing else is known to hypothesis
        return rule(dice=st.randoms(use_true_random=True))(run)

    return decorate


def explore(machine: Callable[[], RuleBasedStateMachine], *, walks: int, steps: int, examples: int) -> None:
    """Walk so many times, so many steps; in the full run, let hypothesis do so many examples instead."""
    if not IS_FULL:
        for seed in range(walks):
            walk(machine(), seed, steps)
        return
    full = settings(
        max_examples=examples,
        stateful_step_count=100,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(machine, settings=full)  # type: ignore[arg-type]  # it calls what makes one


def walk(machine: RuleBasedStateMachine, seed: int, steps: int) -> None:
    """Run so many rules of a machine, all of them `thrown`; pytest shows which, where one fails."""
    dice = Random(seed)
    print(f"seed {seed}")  # noqa: T201  (the same)
    rules, always = _marked(machine, RULE_MARKER), _marked(machine, INVARIANT_MARKER)
    for beginning in _marked(machine, INITIALIZE_RULE_MARKER):
        beginning.function(machine)
    for _ in range(steps):
        possible = [one for one in rules if all(holds(machine) for holds in one.preconditions)]
        (chosen,) = dice.choices(possible, [getattr(one.function, "weight", 1) for one in possible])
        chosen.function(machine, **{name: Random(dice.random()) for name in chosen.arguments})
        for one in always:
            one.function(machine)
    machine.teardown()


def _marked(machine: RuleBasedStateMachine, marker: str) -> list[Any]:
    return [found for _, one in getmembers(type(machine)) if (found := getattr(one, marker, None)) is not None]
