//! Units that are alike to everything that is published of a register.
//!
//! A reader knows how the indicators are defined, so he knows which kinds of units there could be: who succeeds is
//! observed, who is observed is due. How many there are of each kind is what he does not know. Counts that look at no
//! column in common are apart: whatever fits both by themselves fits them together, so they are *blocks* of their own, which
//! keeps the kinds few.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::counts::{Count, Scope};
use crate::tally::{Plan, RegisterTally, Signature};

/// The kinds of units that a block may have are all listed where so many combinations are to be looked at. Of more, those
/// are taken that differ from an existing one in one column: fewer than there could be, so that the reader is taken to
/// know more than he does.
const MOST_COMBINATIONS: usize = 20_000;

/// Classes of units, block by block.
#[derive(Debug)]
pub(super) struct Classes {
    pub(super) blocks: Vec<Block>,
}

/// Counts that look at columns in common, and the classes of units that they tell apart.
#[derive(Debug)]
pub(super) struct Block {
    /// The counts, by number.
    pub(super) counts: Vec<usize>,
    /// For each class of everybody how many times its units are in each of the counts.
    pub(super) classes: Vec<Vec<u32>>,
    /// The same of groups, in which fewer counts are printed.
    pub(super) group_classes: Vec<Vec<u32>>,
    /// For each class of everybody that of groups in which its units are.
    pub(super) group_class: Vec<usize>,
    /// The axes, and of them those that are bound to the columns that figures are crossed by.
    axes: Vec<usize>,
    bound: Vec<usize>,
    /// The class of each combination of the axes that occurs.
    class_of: HashMap<Vec<u32>, usize>,
    /// For each class of groups the combinations of the bound axes in which there could be any.
    possible: Vec<BTreeSet<Vec<u32>>>,
}

/// The units of one group.
#[derive(Debug, Clone, Default)]
pub(super) struct GroupUnits {
    /// For each block the units of each class of everybody.
    pub(super) units: Vec<Vec<u64>>,
    /// For each block the combinations of its bound axes that occur.
    bound: Vec<BTreeSet<Vec<u32>>>,
}

impl Classes {
    pub(super) fn of(plan: &Plan, tally: &RegisterTally, counts: &[Count<'_>]) -> Self {
        let mut signatures: BTreeSet<Vec<u32>> = BTreeSet::new();
        tally.visit(plan, |_, signature, _| {
            signatures.insert(signature.to_vec());
        });
        let signatures: Vec<Vec<u32>> = signatures.into_iter().collect();
        let bundles = bundles(plan);
        let blocks = blocks(counts, &bundles);
        let crossed: BTreeSet<usize> =
            plan.crossing.columns.iter().map(|column| column.position).collect();
        let is_bound = |axis: usize| {
            let columns = plan.axes.get(axis).map(|axis| axis.source.columns());
            let is_crossed = |column: &usize| crossed.contains(column);
            plan.persons.is_some() || columns.is_some_and(|columns| columns.iter().any(is_crossed))
        };
        let make = |(counted, axes): (Vec<usize>, BTreeSet<usize>)| {
            let is_bound_bundle = |bundle: usize| {
                (0..bundles.len()).any(|axis| bundles[axis] == bundle && is_bound(axis))
            };
            let bound =
                axes.iter().copied().filter(|axis| is_bound_bundle(bundles[*axis])).collect();
            let axes = axes.into_iter().collect();
            Block::new(plan, counts, counted, (axes, bound), (&bundles, &signatures))
        };
        Self { blocks: blocks.into_iter().map(make).collect() }
    }

    /// The units of each class, by the levels of some crossed columns.
    pub(super) fn count(
        &self,
        plan: &Plan,
        tally: &RegisterTally,
        columns: &[usize],
    ) -> BTreeMap<Vec<u32>, GroupUnits> {
        let mut counted: BTreeMap<Vec<u32>, GroupUnits> = BTreeMap::new();
        let nobody = || GroupUnits {
            units: self.blocks.iter().map(|block| vec![0; block.classes.len()]).collect(),
            bound: vec![BTreeSet::new(); self.blocks.len()],
        };
        if columns.is_empty() {
            counted.insert(Vec::new(), nobody());
        }
        tally.visit(plan, |cell, signature, units| {
            let levels: Vec<u32> =
                columns.iter().filter_map(|column| cell.get(*column).copied()).collect();
            let group = counted.entry(levels).or_insert_with(nobody);
            for (number, block) in self.blocks.iter().enumerate() {
                if let Some(class) = block.class_of.get(&picked(signature, &block.axes)) {
                    group.units[number][*class] += units;
                }
                let bound = picked(signature, &block.bound);
                group.bound[number].insert(bound);
            }
        });
        counted
    }
}

impl Block {
    fn new(
        plan: &Plan,
        all: &[Count<'_>],
        counts: Vec<usize>,
        (axes, bound): (Vec<usize>, Vec<usize>),
        (bundles, signatures): (&[usize], &[Vec<u32>]),
    ) -> Self {
        let mut block = Self {
            counts,
            classes: Vec::new(),
            group_classes: Vec::new(),
            group_class: Vec::new(),
            axes,
            bound,
            class_of: HashMap::new(),
            possible: Vec::new(),
        };
        let template = vec![0; plan.axes.len()];
        let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
        let mut known_of_groups: HashMap<Vec<u32>, usize> = HashMap::new();
        let occurring: BTreeSet<Vec<u32>> =
            signatures.iter().map(|signature| picked(signature, &block.axes)).collect();
        let others = block.combinations(plan, bundles, signatures, &occurring);
        for (combination, occurs) in
            occurring.iter().map(|one| (one, true)).chain(others.iter().map(|one| (one, false)))
        {
            let mut signature = template.clone();
            block.axes.iter().zip(combination).for_each(|(axis, class)| signature[*axis] = *class);
            let asked = Signature { axes: &plan.axes, classes: &signature };
            let times: Vec<u32> =
                block.counts.iter().map(|count| (all[*count].times)(&asked)).collect();
            let of_groups: Vec<u32> = block
                .counts
                .iter()
                .zip(&times)
                .map(|(count, times)| if all[*count].scope == Scope::Groups { *times } else { 0 })
                .collect();
            let group_class = *known_of_groups.entry(of_groups.clone()).or_insert_with(|| {
                block.group_classes.push(of_groups);
                block.possible.push(BTreeSet::new());
                block.group_classes.len() - 1
            });
            block.possible[group_class].insert(picked(&signature, &block.bound));
            let class = *known.entry(times.clone()).or_insert_with(|| {
                block.classes.push(times);
                block.group_class.push(group_class);
                block.classes.len() - 1
            });
            if occurs {
                block.class_of.insert(combination.clone(), class);
            }
        }
        block
    }

    /// Combinations of the axes that there could be, as far as is known. Axes that look at a column in common, or at one
    /// that figures are crossed by, are taken together as they occur: what else they could be depends on the values.
    fn combinations(
        &self,
        plan: &Plan,
        bundles: &[usize],
        signatures: &[Vec<u32>],
        occurring: &BTreeSet<Vec<u32>>,
    ) -> Vec<Vec<u32>> {
        let mut by_bundle: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, axis) in self.axes.iter().enumerate() {
            by_bundle.entry(bundles[*axis]).or_default().push(place);
        }
        let mut choices: Vec<(Vec<usize>, Vec<Vec<u32>>)> = Vec::new();
        for (_, places) in by_bundle {
            let axes: Vec<usize> = places.iter().map(|place| self.axes[*place]).collect();
            let is_free = axes.len() == 1 && !axes.iter().any(|axis| self.bound.contains(axis));
            let choice: BTreeSet<Vec<u32>> = match axes[..] {
                [free] if is_free => (0..plan.axes[free].size()).map(|class| vec![class]).collect(),
                _ => signatures.iter().map(|signature| picked(signature, &axes)).collect(),
            };
            choices.push((places, choice.into_iter().collect()));
        }
        let product = choices.iter().try_fold(1_usize, |product, (_, choice)| {
            product.checked_mul(choice.len()).filter(|product| *product <= MOST_COMBINATIONS)
        });
        let mut found: BTreeSet<Vec<u32>> = BTreeSet::new();
        let mut bases: Vec<Vec<u32>> = occurring.iter().cloned().collect();
        for (places, choice) in &choices {
            let mut next = Vec::new();
            for base in &bases {
                for chosen in choice {
                    let mut changed = base.clone();
                    places.iter().zip(chosen).for_each(|(place, class)| changed[*place] = *class);
                    if !occurring.contains(&changed)
                        && found.len() < MOST_COMBINATIONS
                        && found.insert(changed.clone())
                    {
                        next.push(changed);
                    }
                }
            }
            // All combinations are reached by changing one column after the other.
            if product.is_some() {
                bases.extend(next);
            }
        }
        found.into_iter().collect()
    }

    /// Whether there could be units of a class in a group.
    pub(super) fn is_possible(
        &self,
        group_class: usize,
        number: usize,
        group: &GroupUnits,
    ) -> bool {
        let bound = group.bound.get(number);
        bound.is_some_and(|occurring| {
            self.bound.is_empty()
                || self.possible[group_class].iter().any(|one| occurring.contains(one))
        })
    }
}

fn picked(signature: &[u32], axes: &[usize]) -> Vec<u32> {
    axes.iter().filter_map(|axis| signature.get(*axis).copied()).collect()
}

/// For each axis the bundle of axes that look at columns in common. Those of persons are all one: the columns that their
/// enrolments are combined to are made of each other's.
fn bundles(plan: &Plan) -> Vec<usize> {
    let columns: Vec<Vec<usize>> = plan.axes.iter().map(|axis| axis.source.columns()).collect();
    let mut bundles: Vec<usize> = (0..columns.len()).collect();
    for one in 0..columns.len() {
        for other in 0..one {
            let in_common = columns[one].iter().any(|column| columns[other].contains(column));
            if (in_common || plan.persons.is_some()) && bundles[one] != bundles[other] {
                let (from, to) = (bundles[one], bundles[other]);
                bundles
                    .iter_mut()
                    .filter(|bundle| **bundle == from)
                    .for_each(|bundle| *bundle = to);
            }
        }
    }
    bundles
}

/// Counts that look at bundles in common, with all their axes. Counts that look at nothing are in each block: everybody
/// is in them, or nobody.
fn blocks(counts: &[Count<'_>], bundles: &[usize]) -> Vec<(Vec<usize>, BTreeSet<usize>)> {
    let mut blocks: Vec<(Vec<usize>, BTreeSet<usize>)> = Vec::new();
    for (number, count) in counts.iter().enumerate() {
        let of_count: BTreeSet<usize> = count.axes.iter().map(|axis| bundles[*axis]).collect();
        let shares = |(_, axes): &(Vec<usize>, BTreeSet<usize>)| {
            axes.iter().any(|axis| of_count.contains(&bundles[*axis]))
        };
        let (sharing, apart): (Vec<_>, Vec<_>) = blocks.into_iter().partition(shares);
        let mut block = (vec![number], count.axes.clone());
        for (counts, axes) in sharing {
            block.0.extend(counts);
            block.1.extend(axes);
        }
        block.0.sort_unstable();
        blocks = apart;
        blocks.push(block);
    }
    blocks.sort();
    blocks
}
