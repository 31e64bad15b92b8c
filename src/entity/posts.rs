//! The offices found so far, by holder and by office.

use std::collections::BTreeMap;

use crate::mention::Tenure;

/// An office as found, before its country is known.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) mention: usize,
    pub(super) person: usize,
    pub(super) title: String,
    pub(super) role: Option<String>,
    pub(super) tenure: Tenure,
    pub(super) of: Option<usize>,
    pub(super) to: Option<usize>,
    /// Whether the country is written with the title.
    pub(super) explicit: bool,
}

impl Post {
    /// Whether two posts differ in nothing but where they are written.
    fn is_like(&self, other: &Self) -> bool {
        self.title == other.title
            && self.role == other.role
            && (self.tenure, self.of, self.to, self.explicit)
                == (other.tenure, other.of, other.to, other.explicit)
    }
}

/// Posts in the order in which they were found.
#[derive(Default)]
pub(super) struct Posts {
    all: Vec<Post>,
    /// The posts of each person that differ.
    by_person: BTreeMap<usize, Vec<usize>>,
    by_mention: BTreeMap<usize, usize>,
    /// One post of each holder of a role in a country under one title.
    by_role: BTreeMap<(String, usize), Vec<usize>>,
}

/// How many posts back a title is looked for: nobody who reads on remembers more.
const REACH: usize = 400;

impl Posts {
    pub(super) fn push(&mut self, post: Post) {
        let place = self.all.len();
        self.by_mention.entry(post.mention).or_insert(place);
        self.all.push(post);
        self.note(place);
    }

    /// Says which country or body the post at `place` serves.
    pub(super) fn serve(&mut self, place: usize, of: Option<usize>) {
        self.all[place].of = of;
        self.note(place);
    }

    fn note(&mut self, place: usize) {
        let post = &self.all[place];
        let own = self.by_person.entry(post.person).or_default();
        if !own.iter().any(|&other| self.all[other].is_like(post)) {
            own.push(place);
            own.sort_unstable();
        }
        let (Some(role), Some(of)) = (&post.role, post.of) else {
            return;
        };
        let holders = self.by_role.entry((role.clone(), of)).or_default();
        let known = holders.iter().any(|&other| {
            let other = &self.all[other];
            other.person == post.person && other.is_like(post)
        });
        if !known {
            holders.push(place);
        }
    }

    pub(super) fn get(&self, place: usize) -> &Post {
        &self.all[place]
    }

    /// Says that the country of the post at `place` is written with its title.
    pub(super) fn state(&mut self, place: usize, of: Option<usize>) {
        self.all[place].explicit = true;
        self.serve(place, of);
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Post> {
        self.all.iter()
    }

    pub(super) fn into_vec(self) -> Vec<Post> {
        self.all
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The places of the latest posts, the last first.
    pub(super) fn latest(&self) -> impl Iterator<Item = usize> {
        (self.all.len().saturating_sub(REACH)..self.all.len()).rev()
    }

    /// The posts of a person that differ, in text order.
    pub(super) fn of(&self, person: usize) -> impl Iterator<Item = &Post> {
        let places = self.by_person.get(&person).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&place| &self.all[place])
    }

    /// The first post that a mention names.
    pub(super) fn of_mention(&self, mention: usize) -> Option<&Post> {
        self.by_mention.get(&mention).map(|&place| &self.all[place])
    }

    /// The holders of a role in a country, each at least once.
    pub(super) fn holders(&self, role: &str, of: usize) -> impl Iterator<Item = &Post> {
        let places = self
            .by_role
            .get(&(role.to_owned(), of))
            .map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .map(|&place| &self.all[place])
            .filter(move |post| post.of == Some(of))
    }

    /// Makes the posts of `other` those of `kept`.
    pub(super) fn join(&mut self, kept: usize, other: usize) {
        let Some(places) = self.by_person.remove(&other) else {
            return;
        };
        let joined = self.by_person.entry(kept).or_default();
        joined.extend(places);
        joined.sort_unstable();
    }
}
