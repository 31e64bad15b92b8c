//! The arithmetic of the network, equal to the last bit on every machine.
//!
//! Floating-point sums depend on their order, and a fused multiply-add rounds once where a multiplication and an
//! addition round twice. So each element of a result is summed in one fixed order, from the first input to the last,
//! with a multiplication and an addition per step; vector instructions only work on different elements at the same
//! time. The exponential function is made of basic operations, which IEEE 754 defines exactly, and takes nothing from
//! the system's mathematics library. `pulp` compiles the same code once more for processors with AVX2 and picks that
//! version where it can run.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into the call of `pulp` is compiled for AVX2"
)]

use pulp::Arch;

/// Outputs computed together: two AVX2 vectors.
const PANEL: usize = 16;
/// Rows of input computed together; six rows by two vectors fill twelve of the sixteen AVX2 registers.
const BLOCK: usize = 6;

/// A matrix of weights, laid out for [`Arithmetic::add_product`].
pub(super) struct Weights {
    inputs: usize,
    outputs: usize,
    /// For each panel of outputs, for each input: the weights from that input to the outputs of the panel.
    panels: Vec<[f32; PANEL]>,
}

impl Weights {
    /// Takes `weights` with one row of `inputs` values for each output.
    pub(super) fn new(inputs: usize, weights: &[f32]) -> Self {
        let outputs = weights.len() / inputs;
        let mut panels = vec![[0.0; PANEL]; outputs.div_ceil(PANEL) * inputs];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let panel = &mut panels[output / PANEL * inputs..][..inputs];
            for (column, weight) in panel.iter_mut().zip(row) {
                column[output % PANEL] = *weight;
            }
        }
        Self {
            inputs,
            outputs,
            panels,
        }
    }

    /// The length of a row of input.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }
}

/// The way to compute; both ways give the same bits.
#[derive(Clone, Copy)]
pub(super) enum Arithmetic {
    /// With the best instructions this processor has.
    Native(Arch),
    /// With the instructions every processor of its kind has.
    #[cfg(test)]
    Portable,
}

impl Arithmetic {
    /// The fastest way on this machine.
    pub(super) fn native() -> Self {
        Self::Native(Arch::new())
    }

    /// Adds the product of `input` and `weights` to `output`; both hold one row after the other.
    pub(super) fn add_product(self, input: &[f32], weights: &Weights, output: &mut [f32]) {
        self.run(
            #[inline(always)]
            || add_product(input, weights, output),
        );
    }

    /// One step of a long short-term memory for one sentence: from the sums of its four gates (input, forget, cell,
    /// output; as long as `cell` each) to the new cell and the new state.
    pub(super) fn lstm_cell(self, gates: &[f32], cell: &mut [f32], state: &mut [f32]) {
        self.run(
            #[inline(always)]
            || lstm_cell(gates, cell, state),
        );
    }

    #[inline(always)]
    fn run(self, work: impl FnOnce()) {
        match self {
            Self::Native(arch) => arch.dispatch(work),
            #[cfg(test)]
            Self::Portable => work(),
        }
    }
}

#[inline(always)]
fn add_product(input: &[f32], weights: &Weights, output: &mut [f32]) {
    let Weights {
        inputs,
        outputs,
        panels,
    } = weights;
    let blocks = interleave(input, *inputs);
    for (panel_number, panel) in panels.chunks_exact(*inputs).enumerate() {
        let start = panel_number * PANEL;
        for (block, rows) in blocks
            .chunks_exact(*inputs)
            .zip(output.chunks_mut(BLOCK * outputs))
        {
            let mut sums = [[0.0; PANEL]; BLOCK];
            for (sum, row) in sums.iter_mut().zip(rows.chunks_exact(*outputs)) {
                match row[start..].first_chunk() {
                    Some(full) => *sum = *full,
                    None => sum[..outputs - start].copy_from_slice(&row[start..]),
                }
            }
            let sums = add_outer_products(sums, block, panel);
            for (sum, row) in sums.iter().zip(rows.chunks_exact_mut(*outputs)) {
                match row[start..].first_chunk_mut() {
                    Some(full) => *full = *sum,
                    None => row[start..].copy_from_slice(&sum[..outputs - start]),
                }
            }
        }
    }
}

/// Rows in groups of [`BLOCK`], each group with the values of the same column side by side; the last is filled with zeros.
#[inline(always)]
fn interleave(input: &[f32], inputs: usize) -> Vec<[f32; BLOCK]> {
    let rows = input.len() / inputs;
    let mut blocks = vec![[0.0; BLOCK]; rows.div_ceil(BLOCK) * inputs];
    for (row_number, row) in input.chunks_exact(inputs).enumerate() {
        let block = &mut blocks[row_number / BLOCK * inputs..][..inputs];
        for (column, value) in block.iter_mut().zip(row) {
            column[row_number % BLOCK] = *value;
        }
    }
    blocks
}

/// The innermost loop: its sums stay in registers.
#[inline(always)]
fn add_outer_products(
    mut sums: [[f32; PANEL]; BLOCK],
    block: &[[f32; BLOCK]],
    panel: &[[f32; PANEL]],
) -> [[f32; PANEL]; BLOCK] {
    for (column, weights) in block.iter().zip(panel) {
        for (sum, value) in sums.iter_mut().zip(column) {
            for (element, weight) in sum.iter_mut().zip(weights) {
                *element += value * weight;
            }
        }
    }
    sums
}

#[inline(always)]
fn lstm_cell(gates: &[f32], cell: &mut [f32], state: &mut [f32]) {
    let size = cell.len();
    let state = &mut state[..size];
    let (input, rest) = gates.split_at(size);
    let (forget, rest) = rest.split_at(size);
    let (candidate, output) = rest.split_at(size);
    let output = &output[..size];
    for unit in 0..size {
        cell[unit] =
            sigmoid(forget[unit]) * cell[unit] + sigmoid(input[unit]) * tanh(candidate[unit]);
        state[unit] = sigmoid(output[unit]) * tanh(cell[unit]);
    }
}

/// The logistic function.
#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

/// The exponential function to within one part in 100,000, for arguments cut to ±30.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Adding 1.5 · 2²³ rounds to a whole number, which then stands in the low bits of the sum.
    const ROUND: f32 = 12_582_912.0;
    let exponent = x.clamp(-30.0, 30.0) * std::f32::consts::LOG2_E;
    let shifted = exponent + ROUND;
    let fraction = exponent - (shifted - ROUND);
    // The Taylor polynomial of 2^fraction; the coefficients are (ln 2)^n / n!.
    let power = 1.0
        + fraction
            * (std::f32::consts::LN_2
                + fraction
                    * (0.240_226_5
                        + fraction
                            * (0.055_504_11
                                + fraction * (0.009_618_129 + fraction * 0.001_333_356))));
    // The whole number, moved into the exponent of a float, is the power of two.
    power * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

#[cfg(test)]
mod tests {
    use super::{Arithmetic, Weights, exp, tanh};

    /// Deterministic numbers in (-1, 1).
    fn numbers(count: usize) -> Vec<f32> {
        let mut state = 1_u32;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        })
        .take(count)
        .collect()
    }

    #[test]
    fn a_product_is_summed_in_order_on_every_path() {
        for (rows, inputs, outputs) in [(1, 1, 1), (6, 16, 16), (13, 65, 37), (7, 128, 55)] {
            let input = numbers(rows * inputs);
            let weights = numbers(outputs * inputs);
            let mut expected = vec![0.25; rows * outputs];
            for row in 0..rows {
                for output in 0..outputs {
                    for k in 0..inputs {
                        expected[row * outputs + output] +=
                            input[row * inputs + k] * weights[output * inputs + k];
                    }
                }
            }
            let packed = Weights::new(inputs, &weights);
            for arithmetic in [Arithmetic::native(), Arithmetic::Portable] {
                let mut output = vec![0.25; rows * outputs];
                arithmetic.add_product(&input, &packed, &mut output);
                assert_eq!(output, expected);
            }
        }
    }

    #[test]
    fn exponential_and_tangent_are_close_to_the_true_functions() {
        for step in -2000..=2000_i16 {
            let x = f32::from(step) / 100.0;
            let true_value = f64::from(x).exp();
            assert!(
                (f64::from(exp(x)) / true_value - 1.0).abs() < 1e-5,
                "exp({x})"
            );
            assert!(
                (f64::from(tanh(x)) - f64::from(x).tanh()).abs() < 5e-6,
                "tanh({x})"
            );
        }
    }
}
