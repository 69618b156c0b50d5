//! `zetel user`

use super::{FIRST_OPERATOR, Outcome, operator, organization, say, words};
use crate::house::{Database, House};
use crate::password;
use app::App;
use app::user::add::AddUser;
use app::user::administer::{SetPassword, SetRoles};
use app::user::list::{ListUsers, ListedUser, UserFilter};
use clap::{Args, Subcommand};
use domain::access::Role;
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS_MAX;
use domain::user::UserDraft;
use std::error::Error;

/// Add a person, list people, set a password, give roles.
#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Add a person to an organization, or an operator.
    Add(Add),
    /// List the people of an organization.
    List(List),
    /// Give a person another password; every browser of that person is signed out.
    SetPassword(Password),
    /// Show the roles of a person, or replace them.
    Roles(Roles),
}

#[derive(Args)]
struct Where {
    #[command(flatten)]
    database: Database,
    /// The organization, by identifier or by its whole name; left out, the operator's own.
    #[arg(long)]
    organization: Option<String>,
}

#[derive(Args)]
struct Add {
    #[command(flatten)]
    place: Where,
    /// The address to sign in with.
    email: String,
    /// The name that people see; left out, the address.
    #[arg(long)]
    name: Option<String>,
    /// The department.
    #[arg(long, default_value = "")]
    department: String,
    /// The country of use, by its two-letter code.
    #[arg(long, default_value = "")]
    usage_location: String,
    /// The person is a guest, who buys nothing.
    #[arg(long)]
    guest: bool,
    /// A role; give it once for each.
    #[arg(long = "role", value_parser = role)]
    roles: Vec<Role>,
    /// Add an operator of this Zetel; the first one sets it up.
    #[arg(long, conflicts_with = "organization")]
    operator: bool,
    #[command(flatten)]
    password: password::Source,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    place: Where,
}

#[derive(Args)]
struct Password {
    #[command(flatten)]
    place: Where,
    /// Whose.
    email: String,
    #[command(flatten)]
    password: password::Source,
}

#[derive(Args)]
struct Roles {
    #[command(flatten)]
    place: Where,
    /// Whose.
    email: String,
    /// Replace the roles by these, separated by commas; empty takes all away.
    #[arg(long, value_name = "ROLES")]
    set: Option<String>,
}

impl User {
    /// Does it and says so.
    pub fn run(self) -> Outcome {
        match self.what {
            What::Add(add) => add.run(),
            What::List(list) => list.run(),
            What::SetPassword(password) => password.run(),
            What::Roles(roles) => roles.run(),
        }
    }
}

impl Where {
    /// Opens the database and finds the organization.
    fn open(&self) -> Result<(App, OrganizationId), Box<dyn Error>> {
        let app = House::existing(&self.database)?.app;
        let id = match &self.organization {
            Some(named) => organization(&app, named)?,
            None => app::setup::operator_organization(&app)?.ok_or_else(|| words().cli_no_operator(FIRST_OPERATOR))?,
        };
        Ok((app, id))
    }
}

impl Add {
    fn run(self) -> Outcome {
        let draft = UserDraft {
            display_name: self.name.clone().unwrap_or_else(|| self.email.clone()),
            email: self.email.clone(),
            department: self.department.clone(),
            usage_location: self.usage_location.clone(),
            guest: if self.guest { "yes".to_owned() } else { String::new() },
        };
        if self.operator {
            // Whoever makes the first one sets this Zetel up, with its database.
            let app = House::open(&self.place.database)?.app;
            if !app::setup::is_done(&app)? {
                let password = self.password.read(&self.email)?;
                let (house, _) =
                    app::setup::first_operator(&app, &draft, &password).map_err(|failure| say(&failure))?;
                return self.print(&app, house);
            }
        }
        let (app, organization) = self.place.open()?;
        let wants_password = self.operator || self.password.is_given();
        let password = if wants_password { self.password.read(&self.email)? } else { String::new() };
        let mut roles = self.roles.clone();
        roles.extend(self.operator.then_some(Role::Operator));
        let command = AddUser::prepare(&draft, roles, &password, Vec::new()).map_err(|failure| say(&failure))?;
        app.write(&operator(), organization, command).wait().map_err(|failure| say(&failure))?;
        self.print(&app, organization)
    }

    fn print(&self, app: &App, organization: OrganizationId) -> Outcome {
        out!("{}", words().cli_user_added(&self.email, &app::organization::find(app, organization)?.name));
        Ok(())
    }
}

impl List {
    fn run(self) -> Outcome {
        let (app, organization) = self.place.open()?;
        let mut after = None;
        loop {
            let page = page(&app, organization, "", after)?;
            for row in &page.rows {
                let roles = row.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",");
                out!("{}\t{}\t{}\t{roles}", row.user.email, row.user.display_name, row.user.state);
            }
            after = page.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}

impl Password {
    fn run(self) -> Outcome {
        let (app, organization) = self.place.open()?;
        let person = find(&app, organization, &self.email)?;
        let password = self.password.read(&self.email)?;
        let command = SetPassword::prepare(person.user.id, &password).map_err(|failure| say(&failure))?;
        app.write(&operator(), organization, command).wait().map_err(|failure| say(&failure))?;
        out!("{}", words().cli_password_set(&self.email));
        Ok(())
    }
}

impl Roles {
    fn run(self) -> Outcome {
        let (app, organization) = self.place.open()?;
        let mut person = find(&app, organization, &self.email)?;
        if let Some(set) = &self.set {
            let codes = set.split(',').map(str::trim).filter(|code| !code.is_empty());
            let roles = codes.map(role).collect::<Result<Vec<Role>, _>>()?;
            let command = SetRoles { user_id: person.user.id, roles };
            app.write(&operator(), organization, command).wait().map_err(|failure| say(&failure))?;
            person = find(&app, organization, &self.email)?;
        }
        out!("{}", words().cli_user_roles(&self.email, &words().role_list(&person.roles)));
        Ok(())
    }
}

fn page(
    app: &App,
    organization: OrganizationId,
    search: &str,
    after: Option<domain::ids::UserId>,
) -> Result<app::user::list::UserPage, String> {
    let asked = ListUsers { search: search.to_owned(), filter: UserFilter::default(), after, limit: PAGE_ROWS_MAX };
    app.read(&operator(), organization, &asked).map_err(|failure| say(&failure))
}

fn role(code: &str) -> Result<Role, String> {
    let known = || Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ");
    Role::from_code(code).ok_or_else(|| words().cli_no_such_role(code, &known()))
}

/// The person with this address.
fn find(app: &App, organization: OrganizationId, email: &str) -> Result<ListedUser, String> {
    let wanted = email.to_lowercase();
    let found = page(app, organization, &wanted, None)?.rows.into_iter().find(|row| row.user.email == wanted);
    found.ok_or_else(|| words().cli_user_not_found(email))
}
