//! Groups are placed one after the other: of those whose needs are placed, the one of highest priority, in the first
//! wave that is open and has room. What a system of high priority needs is as urgent as the system itself. What is under
//! way, and what somebody placed by hand, stays there and has its room before all others.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use super::{
    model::{Candidate, Closed, Given, NotPlaced, Placed, Plan, Span, Unplaced, Wave, Why},
    order::Order,
};

/// What a wave holds so far.
#[derive(Debug, Clone, Default)]
struct Load {
    systems: u64,
    effort: u64,
}

/// Where a system stays: in a wave, from 0, or in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hand {
    Out,
    At(usize),
}

struct Filling<'a> {
    order: &'a Order,
    given: &'a Given,
    /// Waves before this one take nothing more.
    over: usize,
    /// Of each candidate, if it is under way or somebody placed it by hand.
    hands: Vec<Option<Hand>>,
    /// Of each candidate its wave, from 0.
    held: Vec<Option<usize>>,
    loads: Vec<Load>,
    /// Waves before this one have no room for anything.
    first_with_room: usize,
    /// Of each group its wave, from 0, or why there is none.
    found: Vec<Option<Result<usize, NotPlaced>>>,
    turn: u32,
    plan: Plan,
}

impl Order {
    pub fn plan(&self) -> Plan {
        self.plan_round(&Given::default())
    }

    /// The same round what is under way or was placed by hand: that stays where it is, and says what it breaks there.
    pub fn plan_round(&self, given: &Given) -> Plan {
        let (urgency, lifted) = self.urgency();
        let needs = self.needs_of_groups();
        let mut needed_by = vec![Vec::new(); self.groups.len()];
        let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
        needs.iter().enumerate().for_each(|(group, firsts)| firsts.iter().for_each(|one| needed_by[*one].push(group)));
        let key = |group: usize| (urgency[group], Reverse(self.groups[group][0]), group);
        let mut ready: BinaryHeap<_> = (0..self.groups.len()).filter(|group| open[*group] == 0).map(key).collect();
        let mut filling = Filling::new(self, given);
        while let Some((_, _, group)) = ready.pop() {
            filling.place(group, &needs[group], lifted[group]);
            for later in &needed_by[group] {
                open[*later] -= 1;
                if open[*later] == 0 {
                    ready.push(key(*later));
                }
            }
        }
        filling.done()
    }

    fn needs_of_groups(&self) -> Vec<Vec<usize>> {
        let of = |(number, group): (usize, &Vec<usize>)| {
            let firsts = group.iter().flat_map(|at| &self.needs[*at]).map(|first| self.group_of[*first]);
            let mut firsts: Vec<usize> = firsts.filter(|first| *first != number).collect();
            firsts.sort_unstable();
            firsts.dedup();
            firsts
        };
        self.groups.iter().enumerate().map(of).collect()
    }

    /// Of each group the highest priority that hangs on it, and the system whose that is, where it is another group's.
    fn urgency(&self) -> (Vec<i64>, Vec<Option<u32>>) {
        let own = |group: &Vec<usize>| group.iter().map(|at| self.candidates[*at].priority).max().unwrap_or(i64::MIN);
        let mut urgency: Vec<i64> = self.groups.iter().map(own).collect();
        let mut lifted = vec![None; self.groups.len()];
        // Groups come after what they need, so those who need come last.
        for (number, group) in self.groups.iter().enumerate().rev() {
            for at in group {
                for first in self.needs[*at].iter().map(|first| self.group_of[*first]).filter(|one| *one != number) {
                    if urgency[number] > urgency[first] {
                        urgency[first] = urgency[number];
                        lifted[first] = lifted[number].or(Some(self.candidates[*at].system));
                    }
                }
            }
        }
        (urgency, lifted)
    }

    /// The waves that hold something.
    pub fn waves(&self, assignment: &BTreeMap<u32, u32>) -> Vec<Wave> {
        let mut held: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (system, wave) in assignment {
            if let Some(at) = self.places.get(system) {
                held.entry(*wave).or_default().push(*at);
            }
        }
        let wave = |(number, group): (u32, Vec<usize>)| {
            let Span { from, to } = self.days.wave((number as usize).checked_sub(1)?)?;
            let effort = self.effort(&group);
            let is_over = effort > u64::from(self.terms.most_effort) || group.len() > self.terms.most_systems as usize;
            Some(Wave { number, from, to, systems: self.systems(&group), effort, is_over })
        };
        held.into_iter().filter_map(wave).collect()
    }
}

impl<'a> Filling<'a> {
    fn new(order: &'a Order, given: &'a Given) -> Self {
        let over = order.days.over(given.today);
        let plan = Plan { waves: Vec::new(), placed: Vec::new(), unplaced: Vec::new() };
        let (loads, found) = (vec![Load::default(); order.days.count()], vec![None; order.groups.len()]);
        let (hands, held) = (hands(order, given, over), vec![None; order.candidates.len()]);
        let mut made = Self { order, given, over, hands, held, loads, first_with_room: 0, found, turn: 0, plan };
        made.reserve();
        made
    }

    fn reserve(&mut self) {
        let order = self.order;
        for group in &order.groups {
            let Some(with) = hand_of(&self.hands, group) else { continue };
            // What goes along goes in no wave that is over.
            let along = match with {
                Hand::At(wave) => Hand::At(wave.max(self.over)),
                Hand::Out => Hand::Out,
            };
            for at in group {
                let Hand::At(wave) = self.hands[*at].unwrap_or(along) else { continue };
                let Some(load) = self.loads.get_mut(wave) else { continue };
                load.systems += 1;
                load.effort += u64::from(order.candidates[*at].effort);
                self.held[*at] = Some(wave);
            }
        }
        self.skip_full();
    }

    /// A group of which some are under way or were placed by hand: the others go along.
    fn keep(&mut self, number: usize, hand: Hand) {
        let group = &self.order.groups[number];
        for at in group {
            let system = self.order.candidates[*at].system;
            match self.held[*at] {
                Some(wave) => {
                    let why = self.why_kept(group, *at, wave);
                    self.plan.placed.push(Placed { system, wave: number_of(wave), turn: self.turn, why });
                }
                None => {
                    let is_over = self.hands[*at].is_none() && hand != Hand::Out;
                    let why = if is_over { NotPlaced::Over } else { NotPlaced::Pinned };
                    self.plan.unplaced.push(Unplaced { system, why });
                }
            }
        }
        // Who needs one that is kept out waits for it.
        let is_whole = group.iter().all(|at| self.held[*at].is_some());
        let last = group.iter().filter_map(|at| self.held[*at]).max();
        self.found[number] = Some(last.filter(|_| is_whole).ok_or(NotPlaced::Pinned));
    }

    fn why_kept(&self, group: &[usize], at: usize, wave: usize) -> Vec<Why> {
        let (order, terms, one) = (self.order, &self.order.terms, &self.order.candidates[at]);
        let mut why = Vec::new();
        if group.len() > 1 {
            why.push(Why::Together { systems: order.systems(group) });
        }
        if self.hands[at].is_some() {
            let is_under_way = self.given.under_way.contains_key(&one.system);
            why.push(if is_under_way { Why::UnderWay } else { Why::Pinned });
        }
        let outside = order.needs[at].iter().filter(|first| order.group_of[**first] != order.group_of[at]);
        let late = outside.filter(|first| self.held[**first].is_none_or(|before| before >= wave));
        why.extend(late.map(|first| Why::PinnedBefore { system: order.candidates[*first].system }));
        let load = &self.loads[wave];
        if load.systems > u64::from(terms.most_systems) || load.effort > u64::from(terms.most_effort) {
            why.push(Why::PinnedOver);
        }
        why.extend(order.days.closed(wave, one.earliest, &one.blackouts).map(|by| Why::PinnedClosed { by }));
        why
    }

    fn place(&mut self, number: usize, needs: &[usize], lifted: Option<u32>) {
        let group = &self.order.groups[number];
        self.turn += 1;
        if let Some(hand) = hand_of(&self.hands, group) {
            self.keep(number, hand);
            return;
        }
        let mut why = Vec::new();
        if group.len() > 1 {
            why.push(Why::Together { systems: self.order.systems(group) });
        }
        why.extend(lifted.map(|system| Why::NeededBy { system }));
        let found = self.first_after(number, needs, &mut why).and_then(|first| self.first_open(group, first, &mut why));
        match &found {
            Ok(at) => {
                self.loads[*at].systems += group.len() as u64;
                self.loads[*at].effort += self.order.effort(group);
                for one in group {
                    self.held[*one] = Some(*at);
                }
                self.skip_full();
                if why.is_empty() {
                    why.push(Why::Free);
                }
                let placed = |system| Placed { system, wave: number_of(*at), turn: self.turn, why: why.clone() };
                self.plan.placed.extend(self.order.systems(group).into_iter().map(placed));
            }
            Err(why) => {
                let unplaced = |system| Unplaced { system, why: why.clone() };
                self.plan.unplaced.extend(self.order.systems(group).into_iter().map(unplaced));
            }
        }
        self.found[number] = Some(found);
    }

    /// The first wave after those of what it needs.
    fn first_after(&self, number: usize, needs: &[usize], why: &mut Vec<Why>) -> Result<usize, NotPlaced> {
        let mut last: Option<(usize, usize)> = None;
        for first in needs {
            match &self.found[*first] {
                Some(Ok(at)) if last.is_none_or(|(before, _)| *at > before) => last = Some((*at, *first)),
                Some(Err(_)) => return Err(NotPlaced::Waits { system: self.needed(number, *first) }),
                _ => {}
            }
        }
        let Some((at, first)) = last.filter(|(at, _)| *at >= self.over) else { return Ok(self.over) };
        why.push(Why::After { system: self.needed(number, first), wave: number_of(at) });
        Ok(at + 1)
    }

    /// The system of `first` on which one of the group stands.
    fn needed(&self, number: usize, first: usize) -> u32 {
        let mut needs = self.order.groups[number].iter().flat_map(|at| &self.order.needs[*at]);
        let at = needs.find(|at| self.order.group_of[**at] == first).copied().unwrap_or_default();
        self.order.candidates[at].system
    }

    fn first_open(&self, group: &[usize], first: usize, why: &mut Vec<Why>) -> Result<usize, NotPlaced> {
        let (order, terms) = (self.order, &self.order.terms);
        let (systems, effort) = (group.len() as u64, order.effort(group));
        let is_over = systems > u64::from(terms.most_systems) || effort > u64::from(terms.most_effort);
        if is_over {
            why.push(Why::TooLarge { systems: u32::try_from(systems).unwrap_or(u32::MAX), effort });
        }
        let earliest = group.iter().filter_map(|at| order.candidates[*at].earliest).max();
        let own: Vec<Span> = group.iter().flat_map(|at| &order.candidates[*at].blackouts).copied().collect();
        let (mut closed, mut full) = (0, 0);
        for at in first..self.loads.len() {
            let load = &self.loads[at];
            let has_room = at >= self.first_with_room
                && load.systems + systems <= u64::from(terms.most_systems)
                && load.effort + effort <= u64::from(terms.most_effort);
            let fits = if is_over { load.systems == 0 } else { has_room };
            if !fits {
                full += 1;
                passed(why, at, None);
            } else if let Some(by) = order.days.closed(at, earliest, &own) {
                closed += 1;
                passed(why, at, Some(by));
            } else {
                return Ok(at);
            }
        }
        let after = why.iter().find_map(|one| {
            let Why::After { system, wave } = one else { return None };
            Some((*system, *wave))
        });
        Err(match after {
            Some((system, wave)) => NotPlaced::NoWaveAfter { system, wave, closed, full },
            None if first >= self.loads.len() => NotPlaced::Over,
            None => NotPlaced::NoWave { closed, full },
        })
    }

    fn skip_full(&mut self) {
        let terms = &self.order.terms;
        let is_full =
            |load: &Load| load.systems >= u64::from(terms.most_systems) || load.effort >= u64::from(terms.most_effort);
        while self.loads.get(self.first_with_room).is_some_and(is_full) {
            self.first_with_room += 1;
        }
    }

    fn done(mut self) -> Plan {
        self.plan.placed.sort_by_key(|one| one.system);
        self.plan.unplaced.sort_by_key(|one| one.system);
        self.plan.waves = self.order.waves(&self.plan.assignment());
        self.plan
    }
}

fn hands(order: &Order, given: &Given, over: usize) -> Vec<Option<Hand>> {
    let at = |wave: u32| (wave as usize).checked_sub(1).filter(|at| *at < order.days.count());
    let hand = |one: &Candidate| {
        if let Some(wave) = given.under_way.get(&one.system) {
            return at(*wave).map(Hand::At);
        }
        let hand = given.pins.get(&one.system)?.and_then(at).map_or(Hand::Out, Hand::At);
        Some(hand).filter(|hand| *hand == Hand::Out || *hand >= Hand::At(over))
    };
    order.candidates.iter().map(hand).collect()
}

/// Where a group goes of which some stay: as the latest of them.
fn hand_of(hands: &[Option<Hand>], group: &[usize]) -> Option<Hand> {
    group.iter().filter_map(|at| hands[*at]).max()
}

/// Waves passed for one reason are said as from and to.
fn passed(why: &mut Vec<Why>, at: usize, by: Option<Closed>) {
    let number = number_of(at);
    match (why.last_mut(), by) {
        (Some(Why::Full { to, .. }), None) if *to + 1 == number => *to = number,
        (Some(Why::Closed { by: before, to, .. }), Some(by)) if *before == by && *to + 1 == number => *to = number,
        (_, None) => why.push(Why::Full { from: number, to: number }),
        (_, Some(by)) => why.push(Why::Closed { by, from: number, to: number }),
    }
}

fn number_of(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}
