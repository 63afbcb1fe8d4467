"""Do FDH and order-m agree with their definitions, and with each other?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from citytandem.science.kernels.frontier import measure_fdh, measure_order_m

ENGINES = ["plain", "compiled"]


@st.composite
def cities(draw):
    rows = draw(st.integers(1, 160))
    inputs = stn.arrays(np.float64, (rows, draw(st.integers(1, 3))), elements=st.sampled_from([1.0, 2.0, 2.5, 7.0, 0.3]))
    outputs = stn.arrays(np.float64, (rows, draw(st.integers(1, 3))), elements=st.sampled_from([-1.0, 0.0, 1.0, 3.0]))
    return draw(inputs), draw(outputs)


def fdh_by_definition(inputs, outputs):
    scores, peers = [], []
    for own_input, own_output in zip(inputs, outputs, strict=True):
        ratios = np.where((outputs >= own_output).all(axis=1), (inputs / own_input).max(axis=1), np.inf)
        scores.append(ratios.min())
        peers.append(int(ratios.argmin()))
    return scores, peers


@pytest.mark.parametrize("engine", ENGINES)
@given(sample=cities())
def test_fdh_equals_its_definition(engine, sample):
    frontier = measure_fdh(*sample, engine=engine)
    scores, peers = fdh_by_definition(*sample)

    assert frontier.score.tolist() == scores
    assert frontier.peer.tolist() == peers


@pytest.mark.parametrize("engine", ENGINES)
@given(sample=cities())
def test_the_peer_is_no_worse_anywhere(engine, sample):
    inputs, outputs = sample
    frontier = measure_fdh(inputs, outputs, engine=engine)

    assert (outputs[frontier.peer] >= outputs).all()
    assert (inputs[frontier.peer] <= inputs).all()


@given(sample=cities(), m=st.integers(1, 60))
def test_both_forms_of_order_m_agree(sample, m):
    plain, compiled = (measure_order_m(*sample, m=m, engine=engine) for engine in ENGINES)

    np.testing.assert_allclose(compiled, plain, rtol=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
@given(sample=cities())
def test_order_m_falls_to_fdh_as_m_grows(engine, sample):
    fdh = measure_fdh(*sample, engine=engine).score
    few, many = measure_order_m(*sample, m=5, engine=engine), measure_order_m(*sample, m=100_000, engine=engine)

    assert (few >= many - 1e-12).all()
    np.testing.assert_allclose(many, fdh, rtol=1e-9)


def test_order_m_is_the_mean_of_many_simulated_draws():
    rng = np.random.default_rng(11)
    inputs, outputs = rng.lognormal(size=(60, 2)), rng.lognormal(size=(60, 2))
    exact = measure_order_m(inputs, outputs, m=4, engine="compiled")
    own = int(outputs.sum(axis=1).argmin())  # many rows achieve more than this one
    ratios = (inputs[(outputs >= outputs[own]).all(axis=1)] / inputs[own]).max(axis=1)
    simulated = rng.choice(ratios, (40_000, 4)).min(axis=1)

    assert abs(simulated.mean() - exact[own]) < 4.0 * simulated.std() / 200.0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_large_sample_gives_the_same_answer_in_both_forms(engine):
    rng = np.random.default_rng(12)
    inputs, outputs = rng.lognormal(size=(900, 3)), rng.lognormal(size=(900, 2))
    scores, peers = fdh_by_definition(inputs, outputs)
    frontier = measure_fdh(inputs, outputs, engine=engine, threads=2)

    assert frontier.score.tolist() == scores
    assert frontier.peer.tolist() == peers


@pytest.mark.parametrize("engine", ENGINES)
def test_unknown_and_impossible_values_are_refused_by_name(engine):
    names = ["transport", "jobs"]

    with pytest.raises(ValueError, match="inputs: column 'transport' is not above zero in row 1"):
        measure_fdh([[1.0], [0.0]], [[1.0], [1.0]], columns=names, engine=engine)
    with pytest.raises(ValueError, match="outputs: column 'jobs' is not finite in row 0"):
        measure_order_m([[1.0]], [[np.nan]], m=5, columns=names, engine=engine)
    with pytest.raises(ValueError, match="m must be at least 1"):
        measure_order_m([[1.0]], [[1.0]], m=0, engine=engine)
