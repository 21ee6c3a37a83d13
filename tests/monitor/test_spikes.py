"""Spikes: days clearly above the usual level, and nothing else."""

from datetime import timedelta

from monitor import find_spikes, spike_peaks
from tests.monitor.counting import FIRST, series


def test_a_burst_is_found_with_the_usual_level_beside_it() -> None:
    spikes = find_spikes(series([2, 3, 2, 1, 2, 3, 2] * 4 + [12]))
    assert [(spike.day, spike.count, spike.usual) for spike in spikes] == [(FIRST + timedelta(days=28), 12, 2.0)]


def test_the_score_is_the_distance_in_robust_deviations() -> None:
    # Median 2, MAD 0.5 → 1.4826 × 0.5 is below √2, which counts instead.
    (spike,) = find_spikes(series([2, 3, 2, 1] * 7 + [12]))
    assert round(spike.score, 3) == round((12 - 2) / 2**0.5, 3)


def test_the_noise_of_small_counts_is_no_spike() -> None:
    assert find_spikes(series([0, 1, 0, 2, 1, 0, 1] * 4 + [4])) == ()


def test_an_earlier_burst_does_not_hide_the_next() -> None:
    numbers = [2] * 20 + [30] + [2] * 10 + [15]
    assert [spike.count for spike in find_spikes(series(numbers))] == [30, 15]


def test_without_two_weeks_of_history_there_is_no_usual_level() -> None:
    assert find_spikes(series([1] * 13 + [50])) == ()
    assert len(find_spikes(series([1] * 14 + [50]))) == 1


def test_a_run_of_spikes_is_marked_at_its_peak() -> None:
    spikes = find_spikes(series([2] * 20 + [12, 15, 3, 11] + [2] * 6 + [20]))
    assert [spike.count for spike in spike_peaks(spikes)] == [15, 20]


def test_threshold_and_minimum_are_settings() -> None:
    numbers = series([0] * 20 + [4])
    assert find_spikes(numbers) == ()
    assert len(find_spikes(numbers, threshold=3, minimum=4)) == 1
