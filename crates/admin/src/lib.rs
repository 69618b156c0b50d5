//! The admin center: server-rendered pages and side panes, and the design system that they are made of.

pub mod assets;
pub mod chart;
pub mod drawn;
pub mod frame;
pub mod pages;
pub mod parts;
pub mod styleguide;
pub mod web;
