//! Makes news items of diplomacy for benches, as many as are wanted: the same seed and number give the same item on every machine.
//!
//! An item is a title, a date and some 600 to 1,500 characters of a report about officials, visits, projects, accusations and denials
//! between real countries, with much between them that states no fact. People's names are put together from syllables, what happens is
//! put together by chance: nobody and nothing in it is real.
//!
//! `item.to_string()` is a plain text with front matter, `serde_json::to_string(&item)` a line of JSON Lines.

use std::fmt;

use serde::Serialize;

/// A made-up news item.
#[derive(Serialize)]
pub(crate) struct Item {
    /// A name of its own.
    id: String,
    title: String,
    /// `2021-03-09`.
    date: String,
    genre: &'static str,
    /// Paragraphs, with a blank line between two.
    text: String,
}

impl Item {
    /// The item of that number, from 0, in the series of `seed`.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        let mut story = Story::new(seed, number);
        let title = story.title();
        let mut body = story.dateline();
        body += &story.opening();
        let length = 600 + story.chance.below(800);
        let mut paragraph = 1;
        while body.chars().count() < length {
            // A paragraph has two to four sentences.
            let joint = if paragraph > 1 && story.chance.below(paragraph) > 0 {
                paragraph = 0;
                "\n\n"
            } else {
                " "
            };
            body += joint;
            body += &story.sentence();
            paragraph += 1;
        }
        body.push('\n');
        Self {
            id: format!("item-{seed}-{number}"),
            title,
            date: story.date(),
            genre: "wire",
            text: body,
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            title,
            date,
            genre,
            text,
        } = self;
        write!(
            formatter,
            "---\nid: {id}\ntitle: {title}\ndate: {date}\ngenre: {genre}\n---\n\n{text}"
        )
    }
}

/// `SplitMix64`: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Somebody with an office.
struct Person {
    name: String,
    family: String,
    office: &'static str,
    country: Country,
}

/// Name, adjective, capital.
type Country = (&'static str, &'static str, &'static str);

/// Who takes part in an item, and when it happens.
struct Story {
    chance: Chance,
    day: (usize, usize, usize),
    people: Vec<Person>,
}

impl Story {
    fn new(seed: u64, number: usize) -> Self {
        // Neighbouring seeds and numbers must have nothing in common.
        let mut mixer = Chance(seed);
        let start = mixer.next() ^ (number as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let mut chance = Chance(start);
        let day = (
            1995 + chance.below(30),
            1 + chance.below(12),
            1 + chance.below(28),
        );
        let first = chance.below(COUNTRIES.len());
        let second = first + 1 + chance.below(COUNTRIES.len() - 1);
        let sides = [first, second % COUNTRIES.len()].map(|number| COUNTRIES[number]);
        let people = (0..4)
            .map(|number| Person::new(&mut chance, sides[number % 2]))
            .collect();
        Self {
            chance,
            day,
            people,
        }
    }

    fn date(&self) -> String {
        let (year, month, day) = self.day;
        format!("{year}-{month:02}-{day:02}")
    }

    fn dateline(&self) -> String {
        let (_, month, day) = self.day;
        let city = self.people[0].country.2.to_uppercase();
        format!("{city}, {} {day} - ", MONTHS[month - 1])
    }

    fn title(&mut self) -> String {
        let [a, b] = [0, 1].map(|number| self.people[number].country);
        let (office, topic) = (self.people[0].office, self.chance.of(&SECTORS));
        match self.chance.below(4) {
            0 => format!("{} and {} to work together on {topic}", a.0, b.0),
            1 => format!("{} {office} in {}", a.1, b.2),
            2 => format!("{} rejects charges from {}", a.0, b.2),
            _ => format!("Talks between {} and {} go on", a.0, b.0),
        }
    }

    /// Somebody with name and office, as a report introduces people.
    fn introduced(&mut self, number: usize) -> String {
        let form = self.chance.below(3);
        let Person {
            name,
            office,
            country: (country, adjective, _),
            ..
        } = &self.people[number];
        match form {
            0 => format!("{adjective} {office} {name}"),
            1 => format!("{name}, the {office} of {country},"),
            _ => format!("the {office} of {country}, {name},"),
        }
    }

    fn opening(&mut self) -> String {
        let who = capitalised(&self.introduced(0));
        let city = self.people[1].country.2;
        let weekday = self.chance.of(&WEEKDAYS);
        let kind = self.chance.of(&VISITS);
        match self.chance.below(4) {
            0 => format!("{who} arrived in {city} on {weekday} for {kind}."),
            1 => format!("{who} paid {kind} to {city} on {weekday}."),
            2 => format!("{who} will travel to {city} on {weekday} for {kind}, the ministry said."),
            _ => format!("{who} wound up {kind} to {city} on {weekday}."),
        }
    }

    fn sentence(&mut self) -> String {
        let one = self.chance.below(4);
        let other = (one + 1) % 4;
        let [a, b] = [one, other].map(|number| self.people[number].country);
        let family = self.people[one].family.clone();
        let sector = self.chance.of(&SECTORS);
        let place = self.chance.of(&PLACES);
        let number = 2 + self.chance.below(38);
        match self.chance.below(24) {
            0 => {
                let who = self.introduced(other);
                format!("{family} met {who} and other officials at the foreign ministry.")
            }
            1 => {
                let who = capitalised(&self.introduced(one));
                let charge = self.chance.of(&CHARGES);
                format!("{who} accused {} of {charge}.", b.0)
            }
            2 => {
                let who = capitalised(&self.introduced(other));
                let word = self.chance.of(&DENIALS);
                format!("{who} {word}.")
            }
            3 => format!(
                "{} and {} signed an agreement on the joint construction of a {place} at a cost of {number} million dollars.",
                a.0, b.0
            ),
            4 => format!(
                "Work on the {place}, which {} and {} are building together, is to be completed next year.",
                a.0, b.0
            ),
            5 => {
                let who = self.introduced(other);
                format!("{family} was received in {} by {who} last month.", b.2)
            }
            6 => format!(
                "\"Our two countries have much to gain from {sector}, and we shall see to it that words are followed by deeds,\" {family} said."
            ),
            7 => format!(
                "A delegation of {number} people from {} visited {} earlier this year.",
                a.0, b.2
            ),
            8 => {
                let charge = self.chance.of(&CHARGES);
                format!(
                    "The {} government has repeatedly charged {} with {charge}.",
                    a.1, b.0
                )
            }
            9 => {
                let person = Person::new(&mut self.chance, b);
                format!(
                    "{}, a former {} of {}, called for patience.",
                    person.name, person.office, b.0
                )
            }
            10 => format!(
                "The two sides discussed {sector}, {} and the situation in the region.",
                self.chance.of(&SECTORS)
            ),
            11 => format!("{family} is expected in {} at the end of the month.", b.2),
            _ => {
                let filler = self.chance.of(&FILLERS);
                filler.replace("{number}", &number.to_string())
            }
        }
    }
}

impl Person {
    fn new(chance: &mut Chance, country: Country) -> Self {
        let given = chance.of(&GIVEN);
        let parts = [&STARTS[..], &MIDDLES, &ENDS];
        let family: String = parts.map(|part| chance.of(part)).concat();
        Self {
            name: format!("{given} {family}"),
            family,
            office: chance.of(&OFFICES),
            country,
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

const COUNTRIES: [Country; 40] = [
    ("Albania", "Albanian", "Tirana"),
    ("Argentina", "Argentine", "Buenos Aires"),
    ("Armenia", "Armenian", "Yerevan"),
    ("Austria", "Austrian", "Vienna"),
    ("Bangladesh", "Bangladeshi", "Dhaka"),
    ("Belgium", "Belgian", "Brussels"),
    ("Bolivia", "Bolivian", "La Paz"),
    ("Brazil", "Brazilian", "Brasilia"),
    ("Cambodia", "Cambodian", "Phnom Penh"),
    ("Canada", "Canadian", "Ottawa"),
    ("Chile", "Chilean", "Santiago"),
    ("Colombia", "Colombian", "Bogota"),
    ("Cuba", "Cuban", "Havana"),
    ("Egypt", "Egyptian", "Cairo"),
    ("Ethiopia", "Ethiopian", "Addis Ababa"),
    ("Finland", "Finnish", "Helsinki"),
    ("Ghana", "Ghanaian", "Accra"),
    ("Greece", "Greek", "Athens"),
    ("Hungary", "Hungarian", "Budapest"),
    ("Indonesia", "Indonesian", "Jakarta"),
    ("Ireland", "Irish", "Dublin"),
    ("Jordan", "Jordanian", "Amman"),
    ("Kazakhstan", "Kazakh", "Astana"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Laos", "Laotian", "Vientiane"),
    ("Mongolia", "Mongolian", "Ulaanbaatar"),
    ("Morocco", "Moroccan", "Rabat"),
    ("Mozambique", "Mozambican", "Maputo"),
    ("Nepal", "Nepalese", "Kathmandu"),
    ("Norway", "Norwegian", "Oslo"),
    ("Oman", "Omani", "Muscat"),
    ("Peru", "Peruvian", "Lima"),
    ("Portugal", "Portuguese", "Lisbon"),
    ("Senegal", "Senegalese", "Dakar"),
    ("Tanzania", "Tanzanian", "Dodoma"),
    ("Thailand", "Thai", "Bangkok"),
    ("Tunisia", "Tunisian", "Tunis"),
    ("Uruguay", "Uruguayan", "Montevideo"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Zambia", "Zambian", "Lusaka"),
];

const OFFICES: [&str; 12] = [
    "foreign minister",
    "deputy foreign minister",
    "prime minister",
    "president",
    "defence minister",
    "minister of trade",
    "minister of energy",
    "minister of agriculture",
    "vice president",
    "interior minister",
    "finance minister",
    "deputy prime minister",
];

const GIVEN: [&str; 32] = [
    "Adela", "Anton", "Beatriz", "Boris", "Carla", "Daniel", "Dina", "Elias", "Emil", "Farida",
    "Felix", "Greta", "Hana", "Igor", "Ines", "Jonas", "Karim", "Lena", "Leo", "Marta", "Milan",
    "Nadia", "Nils", "Olga", "Omar", "Paula", "Rafael", "Samir", "Sonia", "Tomas", "Vera", "Yusuf",
];

const STARTS: [&str; 24] = [
    "Bar", "Bel", "Cas", "Dar", "Dor", "Fen", "Gal", "Har", "Jar", "Kal", "Kor", "Lam", "Mor",
    "Nar", "Ost", "Pel", "Quin", "Ras", "Sol", "Tar", "Ul", "Var", "Wel", "Zan",
];

const MIDDLES: [&str; 12] = [
    "a", "am", "ande", "el", "eni", "i", "iva", "o", "ola", "u", "uri", "e",
];

const ENDS: [&str; 16] = [
    "bek", "dal", "din", "gard", "kova", "lin", "mann", "mov", "nen", "poulo", "reda", "ric",
    "san", "tari", "vic", "zade",
];

const VISITS: [&str; 6] = [
    "an official visit",
    "a two-day working visit",
    "a state visit",
    "a three-day visit",
    "talks on trade",
    "a brief working visit",
];

const SECTORS: [&str; 12] = [
    "trade",
    "energy",
    "fisheries",
    "health care",
    "air transport",
    "education",
    "agriculture",
    "tourism",
    "water supply",
    "railways",
    "telecommunications",
    "mining",
];

const PLACES: [&str; 12] = [
    "railway bridge",
    "hydropower plant",
    "container port",
    "teaching hospital",
    "gas pipeline",
    "solar power plant",
    "cement factory",
    "motorway",
    "fishing harbour",
    "irrigation canal",
    "fertiliser factory",
    "airport terminal",
];

const CHARGES: [&str; 10] = [
    "violating its airspace",
    "arming rebels in the border provinces",
    "interfering in its internal affairs",
    "breaking the agreement on river water",
    "imprisoning journalists",
    "spreading false reports about its elections",
    "harbouring smugglers",
    "blocking relief supplies",
    "spying on its embassy",
    "dumping steel on its market",
];

const DENIALS: [&str; 6] = [
    "rejected the accusation as baseless",
    "denied the allegations",
    "dismissed the charge",
    "said that there was not a word of truth in it",
    "described the claims as absurd",
    "denied that anything of the kind had happened",
];

const FILLERS: [&str; 20] = [
    "Rain fell on the city all day, and the streets around the old market were closed to traffic.",
    "No further details were given.",
    "The talks lasted {number} minutes longer than planned.",
    "Prices of wheat have risen by {number} per cent since the spring.",
    "Observers had expected little, and little is what they were given.",
    "A joint statement is to be published before the end of the week.",
    "The archives of those years fill {number} rooms in a cellar near the harbour.",
    "It was the coldest week of the winter.",
    "Schools and shops stayed open.",
    "Some {number} journalists waited in front of the gate until the evening.",
    "The next round is planned for the autumn, although no date has been set.",
    "Neither side would say what had been agreed on the question of visas.",
    "The mood was described as businesslike.",
    "Dinner was served in the garden of the residence, and a choir of children sang.",
    "Trade between the two countries amounted to {number} million dollars last year.",
    "Much will depend on what parliament makes of it.",
    "The road from the airport had been lined with flags since the morning.",
    "About {number} thousand people live on the two banks of the river.",
    "Newspapers in the capital gave the matter no more than a few lines.",
    "Experts will look into the remaining questions in the coming months.",
];
