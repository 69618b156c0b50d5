//! Who gets which mail of the organization, and how (R172).

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::mail::settings::{ChangeNotifications, NotificationDetails, NotificationView};
use askama::Template;
use domain::mail::NotificationSettings;
use words::{Language, Words};

#[derive(Template)]
#[template(path = "mail/notifications.html")]
struct NotificationsPage {
    frame: Frame,
    words: Words,
    errors: FieldErrors,
    languages: Vec<Choice>,
    language_name: String,
    extra: String,
    view: NotificationView,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let view = visitor.read(NotificationDetails).await?;
    let extra = view.settings.extra_addresses.join("\n");
    render(&draw(&visitor, view, extra, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let mut view = visitor.read(NotificationDetails).await?;
    let revision = form.text("revision").parse().unwrap_or_default();
    view.language = form.text("language").to_owned();
    view.settings =
        NotificationSettings { attach_documents: !form.text("attach_documents").is_empty(), revision, ..view.settings };
    let mut extra = view.settings.extra_addresses.join("\n");
    if view.may_manage_recipients {
        view.settings.contact = form.text("contact").to_owned();
        extra = form.text("extra_addresses").to_owned();
        view.settings.extra_addresses = extra.lines().map(str::to_owned).collect();
    }
    let change = ChangeNotifications { language: view.language.clone(), settings: view.settings.clone() };
    match visitor.write(change).await {
        Ok(()) => Ok(notice_and_redirect(&Done::NotificationsChanged {}, Section::Notifications.url())),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, view, extra, errors).await?)
        }
    }
}

async fn draw(
    visitor: &Visitor,
    view: NotificationView,
    extra: String,
    errors: FieldErrors,
) -> Result<NotificationsPage, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Notifications, words.notifications()).await?;
    frame.lead = Some(words.notifications_purpose().to_owned());
    frame.help_url = "/help/who-gets-which-mail".to_owned();
    let languages = Language::ALL.iter().map(|language| Choice::new(language.code(), language.own_name())).collect();
    let language_name = Language::from_code(&view.language).unwrap_or_default().own_name().to_owned();
    Ok(NotificationsPage { frame, words, errors, languages, language_name, extra, view })
}
