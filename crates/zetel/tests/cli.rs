//! The command line as a person at a terminal sees it: what it prints and how it ends.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use domain::access::Role;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use store::tables::{organization, user};
use store::{Options, Scope, Store, Write, params, statements};

statements! {
    MISCOUNT: organization = "UPDATE \"user\" SET license_count = 3 WHERE organization_id = $1";
    NO_OPERATOR: organization = "DELETE FROM user_role WHERE organization_id = $1";
    FROM_THE_FUTURE: shared = "INSERT INTO migration (number, name, checksum) VALUES (9999, 'later', x'00')";
    LOSE_AN_ORDER_NUMBER: organization = "UPDATE organization SET order_count = 7 WHERE id = $1 AND $1 = id";
}

/// A folder with a database, as somebody who runs Zetel has it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A place with one organization, Waterland, and one person.
    fn with_waterland() -> Self {
        let place = Self::new();
        place.seed(|write| {
            organization::insert(write, &waterland())?;
            user::insert(write, id(2), &anna(), jiff::Timestamp::UNIX_EPOCH)?;
            user::set_roles(write, id(2), &[Role::Operator])?;
            user::set_password_hash(write, id(2), "the hash of a password")
        });
        place
    }

    fn seed(&self, work: fn(&Write<'_>) -> store::Result<()>) {
        let store = Store::open(self.path("zetel.db").to_str().unwrap(), Options::default()).unwrap();
        store.migrate().unwrap();
        store.write(waterland().id, work).wait().unwrap();
    }

    fn seed_shared(&self, work: fn(&Write<'_>) -> store::Result<()>) {
        let store = Store::open(self.path("zetel.db").to_str().unwrap(), Options::default()).unwrap();
        store.write(Scope::Shared, work).wait().unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("C.UTF-8", arguments)
    }

    fn run_in(&self, language: &str, arguments: &[&str]) -> Ran {
        self.run_with(("LANG", language), arguments)
    }

    fn run_with_password(&self, password: &str, arguments: &[&str]) -> Ran {
        self.run_with(("ZETEL_PASSWORD", password), arguments)
    }

    fn run_with(&self, (name, value): (&str, &str), arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zetel"));
        command.args(arguments).current_dir(self.folder.path()).env("LANG", "C.UTF-8");
        for other in ["ZETEL_DATABASE", "ZETEL_PASSWORD", "LC_ALL", "LC_MESSAGES", "RUST_LOG"] {
            command.env_remove(other);
        }
        command.env(name, value);
        Ran(command.stdin(std::process::Stdio::null()).output().unwrap())
    }
}

/// How a command ended.
struct Ran(Output);

impl Ran {
    #[track_caller]
    fn prints(&self, expected: &str) {
        let error = String::from_utf8_lossy(&self.0.stderr);
        assert!(self.0.status.success(), "{error}{}", String::from_utf8_lossy(&self.0.stdout));
        assert_eq!(String::from_utf8_lossy(&self.0.stdout), expected);
    }

    #[track_caller]
    fn fails_with(&self, expected: &str) {
        assert_eq!(self.0.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&self.0.stderr), expected);
    }

    fn lines(&self) -> Vec<String> {
        String::from_utf8_lossy(&self.0.stdout).lines().map(str::to_owned).collect()
    }
}

fn id<T: std::str::FromStr>(number: u8) -> T {
    let prefixes = ["org", "usr"];
    let texts = prefixes.map(|prefix| format!("{prefix}_0000000000000000000000000{number}"));
    texts.iter().find_map(|text| text.parse().ok()).expect("an identifier of one of these kinds")
}

fn waterland() -> domain::organization::Organization {
    use domain::organization::{Cloud, Organization, OrganizationKind, OrganizationState};
    Organization {
        id: id(1),
        name: "Waterland".to_owned(),
        // The house itself, so that the doctor finds an operator.
        kind: OrganizationKind::Operator,
        state: OrganizationState::Active,
        country: "NL".to_owned(),
        currency: domain::money::Currency::Eur,
        cloud: Cloud::Worldwide,
        language: "nl".to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        sandbox_ahead: None,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        revision: 1,
    }
}

fn anna() -> domain::user::UserFacts {
    domain::user::UserFacts {
        display_name: "Anna de Vries".to_owned(),
        email: "anna@waterland.example".to_owned(),
        department: String::new(),
        usage_location: Some("NL".to_owned()),
        is_guest: false,
    }
}

#[test]
fn help_names_every_command() {
    let help = Place::new().run(&["--help"]).lines();
    let commands = [
        "serve",
        "demo",
        "work",
        "migrate",
        "import",
        "export",
        "doctor",
        "simulate",
        "backup",
        "restore",
        "user",
        "policy",
        "product-keys",
    ];
    for command in commands {
        let line = help.iter().find(|line| line.trim_start().starts_with(command));
        assert!(line.is_some_and(|line| line.trim().len() > command.len() + 10), "{command} is not explained");
    }
}

#[test]
fn help_speaks_the_language_of_the_terminal() {
    let help = Place::new().run_in("nl_NL.UTF-8", &["--help"]).lines();
    assert_eq!(help[0], "Zetel: licenties verkopen, kopen en toewijzen, op uw eigen machine.");
    assert!(help.contains(&"  restore       Een back-up terugzetten".to_owned()), "{help:?}");
}

#[test]
fn migrating_twice_does_no_harm() {
    let place = Place::new();
    let first = place.run(&["migrate"]).lines();
    assert_eq!(first[0], "0001_foundation");
    place.run(&["migrate"]).prints("The database is up to date.\n");
    place.run_in("nl_NL.UTF-8", &["migrate"]).prints("De database is bijgewerkt.\n");
}

#[test]
fn the_doctor_finds_a_healthy_house_healthy() {
    let place = Place::with_waterland();
    let lines = place.run(&["doctor"]).lines();
    assert_eq!(lines[0], "Checking this installation: zetel.db");
    assert_eq!(lines.last().unwrap(), "All is well.");
    assert!(lines.contains(&"good      People count their licenses: 1 looked at".to_owned()), "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("good ")).count(), 20);
}

#[test]
fn the_doctor_finds_what_does_not_hold_and_says_where() {
    let place = Place::with_waterland();
    place.seed(|write| {
        write.change_any(&MISCOUNT, params![])?;
        write.change_any(&LOSE_AN_ORDER_NUMBER, params![]).map(|_| ())
    });
    let ran = place.run(&["doctor"]);
    assert_eq!(ran.0.status.code(), Some(1));
    let problems: Vec<_> = ran.lines().into_iter().filter(|line| !line.starts_with("good ")).skip(1).collect();
    let expected = [
        "problem   People count their licenses: 1 wrong, 1 looked at (Waterland)",
        "problem   Order numbers have no gaps: 1 wrong, 0 looked at (Waterland)",
        "2 problems found.",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn commands_that_only_look_make_no_database() {
    let place = Place::new();
    place.run(&["doctor"]).fails_with("zetel: There is no database zetel.db.\n");
    place.run(&["backup", "copy.db"]).fails_with("zetel: There is no database zetel.db.\n");
    assert!(!place.path("zetel.db").exists());
}

/// "Out of reach" alone tells nobody what to mend.
#[test]
fn a_failure_names_its_cause() {
    let ran = Place::new().run(&["migrate", "--database", "no/folder/zetel.db"]);
    let said = String::from_utf8_lossy(&ran.0.stderr).into_owned();
    assert!(said.starts_with("zetel: the database is out of reach: "), "{said}");
}

#[test]
fn a_backup_comes_back() {
    let place = Place::with_waterland();
    let lines = place.run(&["backup", "copy.db"]).lines();
    assert!(lines[0].starts_with("Backup written to copy.db ("), "{lines:?}");
    assert_eq!(lines[1], "The backup was opened and checked.");
    let refused = "copy.db exists. Nothing was overwritten; give --force to do so.";
    place.run(&["backup", "copy.db"]).fails_with(&format!("zetel: {refused}\n"));
    assert!(place.run(&["backup", "copy.db", "--force"]).0.status.success());

    place.seed(|write| write.change_any(&MISCOUNT, params![]).map(|_| ()));
    let refused = "zetel.db exists. Nothing was overwritten; give --force to do so.";
    place.run(&["restore", "copy.db"]).fails_with(&format!("zetel: {refused}\n"));
    place.run(&["restore", "copy.db", "--force"]).prints("Restored from copy.db.\n");
    assert_eq!(place.run(&["doctor"]).lines().last().unwrap(), "All is well.");

    place.run(&["restore", "copy.db", "--database", "other.db"]).prints("Restored from copy.db.\n");
    assert!(place.run(&["doctor", "--database", "other.db"]).0.status.success());
    let left: Vec<_> = names(place.folder.path()).into_iter().filter(|name| name.contains("unfinished")).collect();
    assert_eq!(left, Vec::<String>::new());
}

/// The database in use has many names: none of them is a place for a backup, also with `--force`.
#[test]
fn a_backup_never_replaces_the_database_itself() {
    let place = Place::with_waterland();
    std::fs::create_dir(place.path("folder")).unwrap();
    std::fs::hard_link(place.path("zetel.db"), place.path("hard.db")).unwrap();
    std::os::unix::fs::symlink("zetel.db", place.path("soft.db")).unwrap();
    let absolute = place.path("zetel.db").display().to_string();
    let names =
        ["zetel.db", "folder/../zetel.db", "hard.db", "soft.db", "zetel.db-wal", "./zetel.db-shm", absolute.as_str()];
    for name in names {
        let refused =
            format!("zetel: {name} belongs to the database itself. Nothing was written; name another file.\n");
        place.run(&["backup", name, "--force"]).fails_with(&refused);
        assert_eq!(place.run(&["restore", name, "--force"]).0.status.code(), Some(1));
    }
    let left: Vec<_> =
        self::names(place.folder.path()).into_iter().filter(|name| name.contains("unfinished")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(place.run(&["doctor"]).lines().last().unwrap(), "All is well.");
    assert!(place.run(&["backup", "zetel.db-copy"]).0.status.success());
}

#[test]
fn a_backup_that_cannot_be_written_names_the_file() {
    let place = Place::with_waterland();
    let ran = place.run(&["backup", "none/x.db"]);
    ran.fails_with(
        "zetel: none/x.db cannot be written: none/x.db.unfinished: No such file or directory (os error 2)\n",
    );
}

#[test]
fn what_is_not_a_backup_is_not_restored() {
    let place = Place::with_waterland();
    std::fs::write(place.path("letter.txt"), "Dear all").unwrap();
    std::fs::write(place.path("empty.db"), "").unwrap();
    for file in ["letter.txt", "empty.db"] {
        let ran = place.run(&["restore", file, "--force"]);
        ran.fails_with(&format!("zetel: {file} is not a backup of Zetel.\n"));
    }
    place.run(&["restore", "none.db", "--force"]).fails_with("zetel: The file none.db does not exist.\n");
    assert_eq!(place.run(&["doctor"]).lines().last().unwrap(), "All is well.");
}

/// A database that is in use is not replaced under its users.
#[test]
fn a_database_in_use_is_not_replaced() {
    let place = Place::with_waterland();
    assert!(place.run(&["backup", "copy.db"]).0.status.success());
    let store = Store::open(place.path("zetel.db").to_str().unwrap(), Options::default()).unwrap();
    store.write(waterland().id, |write| write.change_any(&MISCOUNT, params![]).map(|_| ())).wait().unwrap();
    let ran = place.run(&["restore", "copy.db", "--force"]);
    ran.fails_with("zetel: The database is in use. Stop zetel first.\n");
    drop(store);
    assert!(place.run(&["restore", "copy.db", "--force"]).0.status.success());
}

#[test]
fn a_catalog_is_imported_twice_without_harm() {
    let place = Place::with_waterland();
    let header = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,\
        Service_Plans_Included_Friendly_Names";
    let rows = "Office,OFFICE,00000000-0000-0000-0000-000000000001,MAIL,00000000-0000-0000-0000-000000000002,Mail\n\
        Office,OFFICE,not a guid,MAIL,00000000-0000-0000-0000-000000000002,Mail\n";
    std::fs::write(place.path("catalog.csv"), format!("{header}\n{rows}")).unwrap();
    let first = place.run(&["import", "catalog", "catalog.csv"]).lines();
    assert!(first[0].starts_with("2 rows read in "), "{first:?}");
    assert_eq!(first[1..4], ["Products: 1, of which 1 new", "SKUs: 1, of which 1 new", "1 row left out:"]);
    assert!(first[4].starts_with("  line 3: "), "{first:?}");
    let second = place.run(&["import", "catalog", "catalog.csv"]).lines();
    assert_eq!(
        second[1..4],
        ["Products: 1, of which 0 new", "SKUs: 1, of which 0 new", "Nothing new: everything was already there.",]
    );
    place.run(&["import", "catalog", "none.csv"]).fails_with("zetel: The file none.csv does not exist.\n");
    std::fs::write(place.path("wrong.csv"), "a,b\n1,2\n").unwrap();
    assert_eq!(place.run(&["import", "catalog", "wrong.csv"]).0.status.code(), Some(1));
}

#[test]
fn an_export_is_csv() {
    let place = Place::with_waterland();
    let ran = place.run(&["export", "journal", "--organization", "waterland"]);
    ran.prints("\u{feff}id,at,actor,command,request,kind,user,product,subscription,data\r\n");
    let export = ["export", "subscriptions", "--organization", "Waterland", "--file"];
    let into = |more: &[&str]| place.run(&[&export, more].concat());
    into(&["out.csv"]).prints("0 rows written to out.csv\n");
    assert_eq!(place.path("out.csv").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(place.path("out.csv"), "a letter").unwrap();
    into(&["out.csv"]).fails_with("zetel: out.csv exists. Nothing was overwritten; give --force to do so.\n");
    assert_eq!(std::fs::read_to_string(place.path("out.csv")).unwrap(), "a letter");
    into(&["out.csv", "--force"]).prints("0 rows written to out.csv\n");
    std::fs::hard_link(place.path("zetel.db"), place.path("hard.db")).unwrap();
    for own in ["zetel.db", "hard.db", "zetel.db-wal"] {
        let refused = format!("zetel: {own} belongs to the database itself. Nothing was written; name another file.\n");
        into(&[own, "--force"]).fails_with(&refused);
    }
    assert_eq!(into(&["none/out.csv"]).0.status.code(), Some(1));
    into(&["/dev/null"]).prints("0 rows written to /dev/null\n");
    assert!(names(place.folder.path()).iter().all(|name| !name.starts_with(".zetel-")));
    let ran = place.run(&["export", "journal", "--organization", "Nowhere"]);
    ran.fails_with("zetel: There is no organization Nowhere.\n");
}

#[test]
fn the_first_operator_sets_this_zetel_up() {
    let place = Place::new();
    let none = "Nobody runs this Zetel yet. Make the first operator: zetel user add --operator EMAIL";
    place.run(&["migrate"]);
    place.run(&["user", "list"]).fails_with(&format!("zetel: {none}\n"));
    let short = place.run_with_password("short", &["user", "add", "--operator", "op@zetel.example"]);
    short.fails_with("zetel: Password: Use at least 12 characters.\n");
    let added = place.run_with_password("correct horse battery", &["user", "add", "--operator", "op@zetel.example"]);
    added.prints("op@zetel.example was added to Zetel.\n");
    place.run(&["user", "list"]).prints("op@zetel.example\top@zetel.example\tactive\toperator\n");
    assert!(place.run(&["doctor"]).0.status.success());
}

/// Nobody can come back after the last one; who runs the machine makes others.
#[test]
fn the_last_operator_stays_until_there_is_another() {
    let place = Place::with_waterland();
    let (anna, second) = ("anna@waterland.example", "second@waterland.example");
    let take = ["user", "roles", anna, "--set", ""];
    let last = "This is the last operator who can sign in. Give somebody else the role first.";
    place.run(&take).fails_with(&format!("zetel: {last}\n"));
    let added = place.run_with_password("correct horse battery", &["user", "add", "--operator", second]);
    added.prints(&format!("{second} was added to Waterland.\n"));
    assert!(place.run(&take).0.status.success());
    place.run(&["user", "roles", anna, "--set", "operator"]).prints(&format!("Roles of {anna}: Operator\n"));
    // As an older version could leave it.
    place.seed(|write| write.change_any(&NO_OPERATOR, params![]).map(|_| ()));
    let ran = place.run(&["doctor"]);
    assert!(ran.lines().contains(&"problem   An operator can sign in: 1 wrong, 0 looked at".to_owned()));
}

#[test]
fn commands_for_what_is_there_make_no_database() {
    let place = Place::new();
    let commands: [&[&str]; 7] = [
        &["policy", "list", "--organization", "W"],
        &["policy", "get", "new", "--organization", "W"],
        &["user", "list"],
        &["user", "roles", "a@b.example"],
        &["user", "add", "a@b.example"],
        &["product-keys", "show"],
        &["bill-run", "show"],
    ];
    for command in commands {
        place.run(command).fails_with("zetel: There is no database zetel.db.\n");
    }
    assert_eq!(names(place.folder.path()), Vec::<String>::new());
    std::fs::write(place.path("zetel.db"), "").unwrap();
    let older = "zetel: The database is older than this program. Run: zetel migrate\n";
    place.run(&["user", "list"]).fails_with(older);
    place.run(&["migrate"]);
    place.seed_shared(|write| write.change_any(&FROM_THE_FUTURE, params![]).map(|_| ()));
    let newer = "The database is newer than this program. Use the version of Zetel that it belongs to.";
    place.run(&["user", "list"]).fails_with(&format!("zetel: {newer}\n"));
}

#[test]
fn what_is_typed_wrong_is_said_in_the_words_of_the_terminal() {
    let place = Place::with_waterland();
    let error = |arguments: &[&str]| String::from_utf8_lossy(&place.run(arguments).0.stderr).into_owned();
    let said = error(&["user", "roles", "anna@waterland.example", "--set", "operator,bogus"]);
    let known = "global_admin, billing_admin, license_admin, user_admin, global_reader, operator";
    assert_eq!(said, format!("zetel: There is no role bogus. Choose from: {known}\n"));
    let said = error(&["bill-run", "dry-run", "--through", "tomorrow"]);
    assert!(said.contains("tomorrow is not a day. Write it as YYYY-MM-DD, such as 2026-01-31."), "{said}");
    let said = error(&["policy", "set", "new", "Off", "--organization", "Waterland"]);
    assert!(said.contains("There is no policy Off. Choose from: enabled, only_trials_"), "{said}");
    let set = ["policy", "set", "new", "Disabled", "--organization", "Waterland", "--output", "csv"];
    assert!(place.run(&set).lines()[1].ends_with(",disabled"));
    let said = error(&["product-keys", "redeem", "--organization", "Waterland", "--extend", "AAAAA"]);
    assert_eq!(said, "zetel: --extend moves the end date of a subscription. Name it with --subscription.\n");
}

/// A file of keys is all that anybody has of them: nothing that is refused, and nothing unasked, touches it.
#[test]
fn keys_are_written_into_a_file_of_their_own() {
    let place = Place::with_waterland();
    let catalog = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,\
        Service_Plans_Included_Friendly_Names\n\
        Office,OFFICE,00000000-0000-0000-0000-000000000001,MAIL,00000000-0000-0000-0000-000000000002,Mail\n";
    std::fs::write(place.path("catalog.csv"), catalog).unwrap();
    assert!(place.run(&["import", "catalog", "catalog.csv"]).0.status.success());
    std::fs::write(place.path("keys.csv"), "keys of before").unwrap();
    let create = |more: &[&str]| {
        let arguments = [&["product-keys", "create", "--sku", "OFFICE", "--file", "keys.csv"], more].concat();
        place.run_with(("ZETEL_PRODUCT_KEY_SECRET", "0123456789abcdef0123456789abcdef"), &arguments)
    };
    let exists = "zetel: keys.csv exists. Nothing was overwritten; give --force to do so.\n";
    create(&["--quantity", "5"]).fails_with(exists);
    assert_eq!(create(&["--quantity", "0", "--force"]).0.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(place.path("keys.csv")).unwrap(), "keys of before");
    let made = create(&["--quantity", "5", "--keys", "2", "--force"]);
    assert!(made.0.status.success(), "{}", String::from_utf8_lossy(&made.0.stderr));
    assert_eq!(place.path("keys.csv").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let written = std::fs::read_to_string(place.path("keys.csv")).unwrap();
    let rows: Vec<_> = written.lines().collect();
    assert_eq!((rows[0], rows.len()), ("\u{feff}product_key,part_number,quantity,term", 3));
    assert!(rows[1].ends_with(",OFFICE,5,annual"), "{rows:?}");
}

/// As `zetel doctor | true` does it.
#[test]
fn whoever_stops_reading_ends_a_command_quietly() {
    let place = Place::with_waterland();
    for arguments in [&["doctor"][..], &["user", "list"], &["export", "users", "--organization", "Waterland"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zetel"));
        command.args(arguments).current_dir(place.folder.path()).env("LANG", "C.UTF-8").env_remove("ZETEL_DATABASE");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = command.stdout(writer).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let ended = ended.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{arguments:?}");
        assert!(ended.status.success(), "{arguments:?}");
    }
}

/// R72: a name that a spreadsheet would run is made text.
#[test]
fn an_export_runs_nothing_in_a_spreadsheet() {
    let place = Place::with_waterland();
    let name = "=cmd|\"/C calc\"!A1";
    assert!(place.run(&["user", "add", "noor@waterland.example", "--name", name]).0.status.success());
    let rows = place.run(&["export", "users", "--organization", "Waterland"]).lines();
    assert!(rows.iter().any(|row| row.contains(",\"'=cmd|\"\"/C calc\"\"!A1\",noor@")), "{rows:?}");
}

#[test]
fn people_are_added_and_given_roles_and_passwords() {
    let place = Place::with_waterland();
    let noor = "noor@waterland.example";
    place.run(&["user", "add", noor, "--name", "Noor"]).prints(&format!("{noor} was added to Waterland.\n"));
    let again = place.run(&["user", "add", noor]);
    again.fails_with("zetel: E-mail address: Another person of your organization has this address.\n");
    let set = place.run(&["user", "roles", noor, "--set", "license_admin, user_admin"]);
    set.prints(&format!("Roles of {noor}: License admin and User admin\n"));
    let wrong = place.run(&["user", "roles", noor, "--set", "king"]);
    assert_eq!(wrong.0.status.code(), Some(1));
    let set = place.run_with_password("correct horse battery", &["user", "set-password", noor]);
    set.prints(&format!("The password of {noor} was set.\n"));
    let nobody = place.run(&["user", "set-password", "x@y.example"]);
    nobody.fails_with("zetel: There is nobody with the address x@y.example.\n");
    let rows = place.run(&["export", "users", "--organization", "Waterland"]).lines();
    assert_eq!(rows[0], "\u{feff}id,display_name,email,department,usage_location,state,roles,licenses");
    assert!(rows[2].ends_with(",Noor,noor@waterland.example,,,active,\"license_admin,user_admin\",0"), "{rows:?}");
}

/// R72: everybody of the file is added, or nobody.
#[test]
fn people_are_imported_all_or_nobody() {
    let place = Place::with_waterland();
    let head = "Display name,E-mail address,Department,Usage location";
    let wrong = format!("{head}\nNoor,noor@waterland.example,,NL\nBram,bram,,\n");
    std::fs::write(place.path("people.csv"), wrong).unwrap();
    let refused = place.run(&["import", "users", "people.csv", "--organization", "Waterland"]);
    let expected = [
        "zetel: 1 row cannot be added. Correct it in the file and upload it again.",
        "  line 3: E-mail address: Enter an e-mail address, such as name@example.com.",
    ];
    let said = String::from_utf8_lossy(&refused.0.stderr).into_owned();
    assert_eq!((refused.0.status.code(), said.lines().last()), (Some(1), Some(expected[1])), "{said}");
    assert_eq!(place.run(&["user", "list"]).lines().len(), 1);
    std::fs::write(place.path("people.csv"), format!("{head}\nNoor,noor@waterland.example,,NL\n")).unwrap();
    place.run(&["import", "users", "people.csv", "--organization", "Waterland"]).prints("1 person added.\n");
    assert_eq!(place.run(&["user", "list"]).lines().len(), 2);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// R103, R118, R119: objects for programs, columns for people; the old identifier counts; what is unknown is said.
#[test]
fn the_self_service_policy_is_read_and_set() {
    let place = Place::with_waterland();
    let catalog = "product_name,part_number,sku_id,service_plan_name,service_plan_id,service_plan_friendly_name\n\
        Power BI Pro Dept,POWER_BI_PRO_DEPT,3a6a908c-09c5-406a-8170-8ebb63c42882,BI_AZURE_P2,\
        70d33638-9c74-4d01-bfd3-562de28bd4ba,Power BI Pro\n";
    std::fs::write(place.path("catalog.csv"), catalog).unwrap();
    let imported = place.run(&["import", "catalog", "catalog.csv"]);
    assert!(imported.0.status.success(), "{}", String::from_utf8_lossy(&imported.0.stderr));
    let policy = |arguments: &[&str]| place.run(&[&["policy"], arguments, &["--organization", "Waterland"]].concat());
    let name = policy(&["list", "--output", "csv"]).lines()[1].split(',').next().unwrap().to_owned();
    policy(&["list", "--output", "csv"]).prints(&format!(
        "product_name,product_id,policy_id,policy_value\r\n{name},CFQ7TTC0H9MP,AllowSelfServicePurchase,enabled\r\n\
         New products,new,AllowSelfServicePurchase,enabled\r\n"
    ));
    policy(&["set", "CFQ7TTC0L3PB", "disabled", "--output", "json"]).prints(&format!(
        "[\n  {{\n    \"policy_id\": \"AllowSelfServicePurchase\",\n    \"policy_value\": \"disabled\",\n    \
         \"product_id\": \"CFQ7TTC0H9MP\",\n    \"product_name\": \"{name}\"\n  }}\n]\n"
    ));
    let width = name.len().max("product_name".len());
    policy(&["get", &name]).prints(&format!(
        "{:width$}  product_id    policy_id                 policy_value\n{name:width$}  CFQ7TTC0H9MP  \
         AllowSelfServicePurchase  disabled\n",
        "product_name"
    ));
    assert_eq!(
        policy(&["set", "all", "enabled", "--output", "csv"]).lines()[1].split(',').next_back(),
        Some("enabled")
    );
    let new =
        "product_name,product_id,policy_id,policy_value\r\nNew products,new,AllowSelfServicePurchase,disabled\r\n";
    policy(&["set", "new", "disabled", "--output", "csv"]).prints(new);
    policy(&["get", "new", "--output", "csv"]).prints(new);
    policy(&["list", "--output", "csv"]).prints(&format!(
        "product_name,product_id,policy_id,policy_value\r\n{name},CFQ7TTC0H9MP,AllowSelfServicePurchase,enabled\r\n\
         New products,new,AllowSelfServicePurchase,disabled\r\n"
    ));
    policy(&["get", "Coffee"])
        .fails_with("zetel: There is no product Coffee that people can buy by self-service. See: zetel policy list\n");
}
