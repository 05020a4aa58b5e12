from webhook_gateway.readiness import Readiness


class World:
    """Something that is there or not, and a clock."""

    def __init__(self) -> None:
        self.there = True
        self.asked = 0
        self.seconds = 0.0

    def ask(self) -> bool:
        self.asked += 1
        return self.there

    def clock(self) -> float:
        return self.seconds


def test_asking_often_asks_the_world_once_in_a_while() -> None:
    world = World()
    ready = Readiness(world.ask, clock=world.clock, keep=3)

    answers = [ready() for _ in range(5)]

    assert answers == [True] * 5
    assert world.asked == 1


def test_a_change_is_seen_after_a_few_seconds() -> None:
    world = World()
    ready = Readiness(world.ask, clock=world.clock, keep=3)
    ready()

    world.there = False
    world.seconds = 2.9
    too_early = ready()
    world.seconds = 3.1
    in_time = ready()

    assert too_early
    assert not in_time
