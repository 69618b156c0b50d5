//! The people of the demo organization: invented, many, of many countries, and the same in every run.

use std::collections::HashSet;

/// Where every demo address lives; `.example` belongs to nobody (RFC 2606).
pub const MAIL_DOMAIN: &str = "waterland.example";

/// A person of the demo organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// The name as the person writes it.
    pub display_name: String,
    /// Unique, in lower-case ASCII, at [`MAIL_DOMAIN`].
    pub email: String,
    /// One of [`DEPARTMENT_SHARES`].
    pub department: &'static str,
    /// Usage location, an ISO 3166 code; some people have none, and so cannot get a license yet.
    pub country: Option<&'static str>,
}

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoGroup {
    /// Unique among the groups.
    pub name: &'static str,
    /// Positions in the list of people, ascending, each once.
    pub members: Vec<usize>,
}

/// Where people work, each with its share of a hundred.
const DEPARTMENT_SHARES: [(&str, u64); 12] = [
    ("Operations", 20),
    ("Sales", 15),
    ("Engineering", 14),
    ("Customer Service", 12),
    ("Logistics", 9),
    ("Information Technology", 7),
    ("Marketing", 6),
    ("Finance", 5),
    ("Human Resources", 4),
    ("Research", 4),
    ("Procurement", 3),
    ("Legal", 1),
];

/// A group's name and who is in it: of a department or of a country, one person in so many.
struct GroupRule {
    name: &'static str,
    department: Option<&'static str>,
    country: Option<&'static str>,
    one_in: u64,
}

const fn rule(
    name: &'static str,
    department: Option<&'static str>,
    country: Option<&'static str>,
    one_in: u64,
) -> GroupRule {
    GroupRule { name, department, country, one_in }
}

const GROUP_RULES: [GroupRule; 15] = [
    rule("Employees in the Netherlands", None, Some("NL"), 1),
    rule("Employees in Germany", None, Some("DE"), 1),
    rule("Employees in China", None, Some("CN"), 1),
    rule("Sales", Some("Sales"), None, 1),
    rule("Sales Netherlands", Some("Sales"), Some("NL"), 1),
    rule("Engineering", Some("Engineering"), None, 1),
    rule("Finance", Some("Finance"), None, 1),
    rule("Service desk", Some("Information Technology"), None, 3),
    rule("Warehouse tablets", Some("Logistics"), None, 2),
    rule("Project managers", None, None, 25),
    rule("Report makers", None, None, 15),
    rule("Pilot: Copilot", None, None, 40),
    rule("Works council", None, Some("NL"), 60),
    rule("First aid and fire wardens", None, None, 30),
    rule("Board", None, None, 250),
];

/// Names of one part of the world, with the countries where its bearers work and how many in a hundred they are.
struct Culture {
    share: u64,
    countries: &'static [&'static str],
    given: &'static [&'static str],
    family: &'static [&'static str],
}

/// A name in another script stands as `script/latin`.
const CULTURES: [Culture; 10] = [
    Culture {
        share: 36,
        countries: &["NL", "NL", "NL", "NL", "NL", "BE"],
        given: &[
            "Anouk", "Bram", "Carlijn", "Daan", "Eefje", "Floris", "Geert", "Hanneke", "Ilse", "Jeroen", "Koen",
            "Lieke", "Maaike", "Niels", "Oscar", "Pieter", "Roos", "Sander", "Tessa", "Wouter", "Zoë", "Daniël",
            "Renée", "Jurriën", "Noémi", "Joost",
        ],
        family: &[
            "de Vries",
            "Jansen",
            "van den Berg",
            "Bakker",
            "van Dijk",
            "Visser",
            "Smit",
            "Meijer",
            "de Boer",
            "Mulder",
            "de Groot",
            "Bos",
            "Vos",
            "Peters",
            "Hendriks",
            "van Leeuwen",
            "Dekker",
            "Brouwer",
            "de Wit",
            "Dijkstra",
            "Smits",
            "van der Meer",
            "'t Hart",
            "Kuipers",
            "Hoekstra",
            "Willems",
            "Prins",
            "Blom",
            "van Nieuwenhuizen-Schimmelpenninck van der Oye",
            "IJsbrandij",
            "Wolters",
            "Verhoeven",
        ],
    },
    Culture {
        share: 16,
        countries: &["DE", "DE", "DE", "DE", "AT", "CH"],
        given: &[
            "Anja",
            "Björn",
            "Claudia",
            "Dieter",
            "Friederike",
            "Günther",
            "Heike",
            "Jürgen",
            "Käthe",
            "Lukas",
            "Matthias",
            "Nadine",
            "Sören",
            "Ulrike",
            "Wolfgang",
            "Jörg",
        ],
        family: &[
            "Müller",
            "Schmidt",
            "Schneider",
            "Fischer",
            "Weber",
            "Schäfer",
            "Koch",
            "Bauer",
            "Krüger",
            "Großmann",
            "Köhler",
            "Lange",
            "Vogel",
            "Zimmermann",
            "Weiß",
            "von Oppenheim",
            "Jäger",
            "Dorfmüller-Leutheusser",
        ],
    },
    Culture {
        share: 10,
        countries: &["FR", "FR", "BE"],
        given: &["Amélie", "Benoît", "Chloé", "Émile", "François", "Gaëlle", "Hélène", "Jérôme", "Loïc", "Océane"],
        family: &[
            "Lefèvre",
            "Moreau",
            "Garçon",
            "Dubois",
            "Noël",
            "Lemaître",
            "Gauthier",
            "Béranger",
            "d'Aubigné",
            "de La Rochefoucauld-Montmorency",
            "Fontaine",
            "Pélissier",
        ],
    },
    Culture {
        share: 12,
        countries: &["GB", "GB", "US", "US", "IE"],
        given: &[
            "Abigail", "Callum", "Eleanor", "Gareth", "Imogen", "James", "Megan", "Oliver", "Siobhán", "Thomas",
            "Grace", "Marcus",
        ],
        family: &[
            "Smith",
            "O'Brien",
            "Taylor",
            "MacDonald",
            "Evans",
            "Wright",
            "Johnson",
            "Fitzgerald",
            "Walker",
            "Hughes",
            "Featherstonehaugh-Cholmondeley",
            "Young",
        ],
    },
    Culture {
        share: 7,
        countries: &["PL", "PL", "NL"],
        given: &[
            "Agnieszka",
            "Bartłomiej",
            "Grażyna",
            "Jakub",
            "Łukasz",
            "Małgorzata",
            "Paweł",
            "Zofia",
            "Świętosława",
        ],
        family: &[
            "Nowak",
            "Kowalski",
            "Wiśniewska",
            "Wójcik",
            "Zieliński",
            "Dąbrowska",
            "Szczęsny",
            "Żak",
            "Brzęczyszczykiewicz",
        ],
    },
    Culture {
        share: 6,
        countries: &["TR", "NL", "DE"],
        given: &["Ayşe", "Çağla", "Emre", "Gülşen", "İbrahim", "Işıl", "Mehmet", "Özge", "Uğur"],
        family: &["Yılmaz", "Öztürk", "Şahin", "Çelik", "Doğan", "Kılıç", "Güneş", "Aydın"],
    },
    Culture {
        share: 5,
        countries: &["CN", "CN", "CN", "SG"],
        given: &[
            "伟/wei",
            "芳/fang",
            "娜/na",
            "秀英/xiuying",
            "敏/min",
            "静/jing",
            "强/qiang",
            "磊/lei",
            "洋/yang",
            "艳/yan",
        ],
        family: &["王/wang", "李/li", "张/zhang", "刘/liu", "陈/chen", "杨/yang", "赵/zhao", "欧阳/ouyang"],
    },
    Culture {
        share: 4,
        countries: &["MA", "NL", "FR", "AE"],
        given: &[
            "فاطمة/fatima",
            "محمد/mohammed",
            "يوسف/youssef",
            "مريم/maryam",
            "أحمد/ahmed",
            "ليلى/layla",
            "Samira",
            "Abdelhakim",
        ],
        family: &["العلوي/alaoui", "بن علي/benali", "الفاسي/elfassi", "حداد/haddad", "منصوري/mansouri", "El Idrissi"],
    },
    Culture {
        share: 2,
        countries: &["ES", "PT", "BR"],
        given: &["Íñigo", "María José", "Núria", "João", "Conceição", "Ángel"],
        family: &["García Ibáñez", "Núñez", "Gonçalves", "de Orleans e Bragança Wittelsbach", "Peña", "Simões"],
    },
    Culture {
        share: 2,
        countries: &["SE", "DK", "NO", "IS"],
        given: &["Åsa", "Jørgen", "Søren", "Bjørk", "Þórdís", "Håkon"],
        family: &["Ångström", "Sørensen", "Bjørnson", "Þorvaldsdóttir", "Lindqvist", "Østergård"],
    },
];

/// Everything the generator makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPeople {
    /// As many as were asked for.
    pub people: Vec<DemoPerson>,
    /// Fifteen groups.
    pub groups: Vec<DemoGroup>,
}

/// Makes `count` people and their groups; the same `count` and `seed` make the same people.
#[must_use]
pub fn generate(count: usize, seed: u64) -> DemoPeople {
    let mut random = Random(seed);
    let mut taken = HashSet::new();
    let people: Vec<DemoPerson> = (0..count).map(|_| person(&mut random, &mut taken)).collect();
    let groups = GROUP_RULES.iter().map(|rule| group(rule, &people, &mut random)).collect();
    DemoPeople { people, groups }
}

fn person(random: &mut Random, taken: &mut HashSet<String>) -> DemoPerson {
    let culture = random.weighted(&CULTURES, |culture| culture.share);
    let (given, family) = (*random.pick(culture.given), *random.pick(culture.family));
    let (given, given_latin) = given.split_once('/').unwrap_or((given, given));
    let (family, family_latin) = family.split_once('/').unwrap_or((family, family));
    let family_first = culture.countries[0] == "CN";
    let display_name = if family_first { format!("{family}{given}") } else { format!("{given} {family}") };
    let (department, _) = random.weighted(&DEPARTMENT_SHARES, |(_, share)| *share);
    let country = *random.pick(culture.countries);
    DemoPerson {
        display_name,
        email: free_address(&format!("{}.{}", ascii(given_latin), ascii(family_latin)), taken),
        department,
        country: (random.below(100) >= 3).then_some(country),
    }
}

/// The name at [`MAIL_DOMAIN`], with a number behind it when others of that name came first.
fn free_address(name: &str, taken: &mut HashSet<String>) -> String {
    let mut address = format!("{name}@{MAIL_DOMAIN}");
    let mut number = 2;
    while !taken.insert(address.clone()) {
        address = format!("{name}{number}@{MAIL_DOMAIN}");
        number += 1;
    }
    address
}

fn group(rule: &GroupRule, people: &[DemoPerson], random: &mut Random) -> DemoGroup {
    let fits = |person: &DemoPerson| {
        rule.department.is_none_or(|department| person.department == department)
            && (rule.country.is_none() || person.country == rule.country)
    };
    let members = people
        .iter()
        .enumerate()
        .filter(|(_, person)| fits(person) && random.below(rule.one_in) == 0)
        .map(|(position, _)| position)
        .collect();
    DemoGroup { name: rule.name, members }
}

/// The name in lower-case ASCII letters and hyphens, as it stands in an address.
fn ascii(name: &str) -> String {
    let mut latin = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '-' => latin.push(letter),
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' => latin.push('a'),
            'ä' | 'æ' => latin.push_str("ae"),
            'ç' | 'ć' => latin.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' => latin.push('e'),
            'ğ' => latin.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => latin.push('i'),
            'ł' => latin.push('l'),
            'ñ' | 'ń' => latin.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' => latin.push('o'),
            'ö' | 'ø' => latin.push_str("oe"),
            'ś' | 'ş' => latin.push('s'),
            'ß' => latin.push_str("ss"),
            'þ' => latin.push_str("th"),
            'ù' | 'ú' | 'û' => latin.push('u'),
            'ü' => latin.push_str("ue"),
            'ź' | 'ż' => latin.push('z'),
            // Spaces, apostrophes and the dot that lower-casing leaves above an i.
            _ => {}
        }
    }
    latin
}

/// SplitMix64: ten lines, whole numbers only, good enough to look like chance.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but without, `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap_or_default()]
    }

    fn weighted<'list, T>(&mut self, list: &'list [T], weight: impl Fn(&T) -> u64) -> &'list T {
        let mut left = self.below(list.iter().map(&weight).sum());
        list.iter()
            .find(|item| {
                let found = left < weight(item);
                left = left.saturating_sub(weight(item));
                found
            })
            .unwrap_or(&list[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: usize = 2_000;

    #[test]
    fn the_same_seed_makes_the_same_people() {
        assert_eq!(generate(COUNT, 1), generate(COUNT, 1));
        assert_ne!(generate(COUNT, 1), generate(COUNT, 2));
    }

    #[test]
    fn every_address_is_unique_and_plain() {
        let people = generate(COUNT, 1).people;

        let addresses: HashSet<&str> = people.iter().map(|person| person.email.as_str()).collect();
        assert_eq!(addresses.len(), COUNT);
        for address in addresses {
            let local = address.strip_suffix("@waterland.example").unwrap();
            let (given, family) = local.split_once('.').unwrap();
            for part in [given, family] {
                assert!(!part.is_empty(), "{address}");
                assert!(part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{address}");
            }
        }
    }

    #[test]
    fn names_are_spelled_in_ascii_by_the_custom_of_their_language() {
        assert_eq!(ascii("Jürgen"), "juergen");
        assert_eq!(ascii("İbrahim"), "ibrahim");
        assert_eq!(ascii("Łukasz"), "lukasz");
        assert_eq!(ascii("d'Aubigné"), "daubigne");
        assert_eq!(ascii("Þorvaldsdóttir"), "thorvaldsdottir");
        assert_eq!(ascii("van den Berg"), "vandenberg");
    }

    #[test]
    fn no_letter_of_any_name_is_lost_in_its_address() {
        for name in CULTURES.iter().flat_map(|culture| culture.given.iter().chain(culture.family)) {
            let latin = name.rsplit('/').next().unwrap();
            let letters = latin.chars().filter(|letter| letter.is_alphabetic()).count();
            assert!(ascii(latin).chars().filter(char::is_ascii_alphabetic).count() >= letters, "{name}");
        }
    }

    #[test]
    fn every_kind_of_name_department_and_place_occurs() {
        let people = generate(COUNT, 1).people;
        let any = |wanted: &dyn Fn(&DemoPerson) -> bool| people.iter().any(wanted);

        for (department, _) in DEPARTMENT_SHARES {
            assert!(any(&|person| person.department == department), "{department}");
        }
        for country in ["NL", "DE", "BE", "FR", "GB", "US", "CN", "PL", "TR"] {
            assert!(any(&|person| person.country == Some(country)), "{country}");
        }
        assert!(any(&|person| person.country.is_none()));
        assert!(any(&|person| person.display_name.chars().count() > 45));
        assert!(any(&|person| person.display_name == "王伟"));
        let dutch = people.iter().filter(|person| person.country == Some("NL")).count();
        assert!((500..900).contains(&dutch), "{dutch}");
    }

    #[test]
    fn every_country_is_known() {
        for country in CULTURES.iter().flat_map(|culture| culture.countries) {
            assert!(domain::country::COUNTRIES.contains(country), "{country}");
        }
    }

    #[test]
    fn fifteen_groups_have_members_that_fit() {
        let DemoPeople { people, groups } = generate(COUNT, 1);

        assert_eq!(groups.iter().map(|group| group.name).collect::<HashSet<_>>().len(), 15);
        for group in &groups {
            assert!(!group.members.is_empty(), "{}", group.name);
            assert!(group.members.is_sorted_by(|a, b| a < b));
        }
        let sales = groups.iter().find(|group| group.name == "Sales Netherlands").unwrap();
        for member in &sales.members {
            assert_eq!((people[*member].department, people[*member].country), ("Sales", Some("NL")));
        }
    }

    #[test]
    fn shares_make_a_hundred() {
        assert_eq!(DEPARTMENT_SHARES.iter().map(|(_, share)| share).sum::<u64>(), 100);
        assert_eq!(CULTURES.iter().map(|culture| culture.share).sum::<u64>(), 100);
    }
}
