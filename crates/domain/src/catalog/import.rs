//! Reading a catalog file: product names, part numbers and GUIDs as the trade publishes them.
//!
//! A file has one row per service plan of a SKU. [`parse`] turns it into products with their SKUs and plans, and says
//! of every row that it left out, why. It changes nothing and knows no database, so it can be run as a preview.

use super::{Category, ProductKind, SkuKind};
use crate::codes::coded;
use crate::limits::NAME_MAX;
use std::collections::HashMap;
use uuid::Uuid;

/// What a catalog file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogFile {
    /// Products in the order in which the file first names them; no two have the same name.
    pub products: Vec<ImportedProduct>,
    /// Rows that were left out, in the order of the file.
    pub refused: Vec<RefusedRow>,
    /// How many rows the file has, without its header and its blank lines.
    pub rows: usize,
}

impl CatalogFile {
    /// How many SKUs the file has, over all its products.
    #[must_use]
    pub fn sku_count(&self) -> usize {
        self.products.iter().map(|product| product.skus.len()).sum()
    }
}

/// What people see as one product, with everything that is sold under its name (decision D31).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedProduct {
    /// The name people know it by.
    pub name: String,
    /// Whether it is an add-on, where the file says so or says that it is none.
    pub kind: Option<ImportedKind>,
    /// At least one.
    pub skus: Vec<ImportedSku>,
}

/// What a file says of whether a product is an add-on (domain 1.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedKind {
    /// What it is.
    pub kind: ProductKind,
    /// The names of the products that an add-on fits: at least one, and none for what is sold alone.
    pub fits: Vec<String>,
}

/// What is sold and what programs see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSku {
    /// Tells SKUs apart; unique in the file.
    pub guid: Uuid,
    /// The name programs use. Not unique: the trade gives `MCOPSTN5` to two SKUs.
    pub part_number: String,
    /// Who it is for, where the file says so.
    pub said_kind: Option<SkuKind>,
    /// At least one; no two have the same GUID.
    pub plans: Vec<ImportedPlan>,
}

impl ImportedProduct {
    /// The shelf that the name suggests; an operator may choose another.
    #[must_use]
    pub fn likely_category(&self) -> Category {
        let name = self.name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        SHELF_WORDS.iter().find(|(words, _)| has(words)).map_or(Category::Other, |(_, category)| *category)
    }
}

/// Words of names with the shelf they suggest; the first line that fits decides.
const SHELF_WORDS: &[(&[&str], Category)] = &[
    (
        &["defender", "security", "entra", "identity", "compliance", "purview", "privacy", "protection"],
        Category::Security,
    ),
    (&["power bi", "analytics", "fabric"], Category::Analytics),
    (&["dynamics", "business apps", "crm", "talent"], Category::BusinessApps),
    (
        &["power apps", "power automate", "power pages", "power virtual", "copilot studio", "flow", "visual studio"],
        Category::Developer,
    ),
    (&["windows", "intune"], Category::Windows),
    (&["teams", "calling", "phone", "audio conferencing", "skype", "communication"], Category::Communication),
    (
        &["microsoft 365", "office", "exchange", "sharepoint", "onedrive", "project", "visio", "planner", "viva"],
        Category::Productivity,
    ),
];

/// What costs nothing: users sign up for it (domain 2.10). The trade's table has no prices, so these are known by name.
const FREE_PART_NUMBERS: &[&str] =
    &["FLOW_FREE", "POWERAPPS_DEV", "POWER_BI_STANDARD", "RIGHTSMANAGEMENT_ADHOC", "SMB_APPS", "TEAMS_FREE"];

impl ImportedSku {
    /// Who the SKU is for. Where the file does not say so, the part number does: the trade ends those of what users buy
    /// for their department in `_DEPT` (D31).
    #[must_use]
    pub fn kind(&self) -> SkuKind {
        self.said_kind.unwrap_or_else(|| match self.part_number.to_ascii_uppercase().as_str() {
            free if FREE_PART_NUMBERS.contains(&free) => SkuKind::Free,
            departmental if departmental.ends_with("_DEPT") => SkuKind::SelfService,
            _ => SkuKind::Central,
        })
    }
}

/// An app or service inside a SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedPlan {
    /// Tells plans apart. The same plan stands in many SKUs, at times under another name.
    pub guid: Uuid,
    /// The name programs use.
    pub name: String,
    /// The name people see.
    pub friendly_name: String,
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Line in the file on which the row starts; the header is line 1.
    pub line: u64,
    /// Why it was left out.
    pub reason: RowRefusal,
}

/// Why a row was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowRefusal {
    /// The row has more or fewer fields than the header, as happens when a quote is missing.
    WrongFieldCount {
        /// Fields in the header.
        expected: usize,
        /// Fields in this row.
        found: usize,
    },
    /// The row says nothing in this column.
    Empty(Column),
    /// The text in this column has more than [`NAME_MAX`] characters.
    TooLong(Column),
    /// The text in this column is not a GUID.
    NotAGuid(Column),
    /// This column says what cannot be: an unknown word, or products that fit what is no add-on.
    Impossible(Column),
    /// An earlier row of the SKU or product says something else in this column; that is kept.
    Contradicts(Column),
    /// An earlier row gave this SKU another product name; the first name is kept.
    OtherProductName {
        /// The name that is kept.
        kept: String,
        /// The line that gave it.
        first_line: u64,
    },
    /// An earlier row gave this SKU another part number; the first one is kept.
    OtherPartNumber {
        /// The part number that is kept.
        kept: String,
        /// The line that gave it.
        first_line: u64,
    },
    /// An earlier row already named this plan of this SKU.
    Repeated {
        /// The line that named it.
        first_line: u64,
    },
}

impl RowRefusal {
    /// The stable code by which programs know the reason.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongFieldCount { .. } => "wrong_field_count",
            Self::Empty(_) => "empty",
            Self::TooLong(_) => "too_long",
            Self::NotAGuid(_) => "not_a_guid",
            Self::Impossible(_) => "impossible",
            Self::Contradicts(_) => "contradicts",
            Self::OtherProductName { .. } => "other_product_name",
            Self::OtherPartNumber { .. } => "other_part_number",
            Self::Repeated { .. } => "repeated",
        }
    }
}

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRefusal {
    /// There is not even a header.
    Empty,
    /// The header lacks these columns.
    MissingColumns(Vec<Column>),
}

impl FileRefusal {
    /// The stable code by which programs know the reason.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::MissingColumns(_) => "missing_columns",
        }
    }
}

coded! {
    /// The columns of a catalog file, in any order; others are ignored. The code is the name in the header.
    pub enum Column {
        /// What people call the product.
        ProductName = "product_name",
        /// What programs call the SKU.
        PartNumber = "part_number",
        /// The SKU's GUID.
        SkuId = "sku_id",
        /// What programs call the service plan.
        ServicePlanName = "service_plan_name",
        /// The service plan's GUID.
        ServicePlanId = "service_plan_id",
        /// What people call the service plan.
        ServicePlanFriendlyName = "service_plan_friendly_name",
        /// Who the SKU is for: `central`, `self_service` or `free`.
        SkuKind = "sku_kind",
        /// Whether the product is an add-on: `base`, `traditional_add_on` or `standalone_add_on`.
        ProductKind = "product_kind",
        /// The names of the products that an add-on fits, between semicolons.
        Fits = "fits",
    }
}

impl Column {
    /// Whether a file must have it. What an optional column leaves open is guessed by names, or stays as it is.
    #[must_use]
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::SkuKind | Self::ProductKind | Self::Fits)
    }

    /// The name the same column has in the table that the vendor publishes, which can so be read unchanged.
    const fn published_name(self) -> &'static str {
        match self {
            Self::ProductName => "Product_Display_Name",
            Self::PartNumber => "String_Id",
            Self::SkuId => "GUID",
            Self::ServicePlanName => "Service_Plan_Name",
            Self::ServicePlanId => "Service_Plan_Id",
            Self::ServicePlanFriendlyName => "Service_Plans_Included_Friendly_Names",
            // The published table has none of these.
            own => own.code(),
        }
    }

    fn is_named(self, text: &str) -> bool {
        [self.code(), self.published_name()].iter().any(|name| name.eq_ignore_ascii_case(text))
    }
}

/// Reads a catalog file: comma-separated (RFC 4180), with a header, with or without a byte order mark.
///
/// Whitespace around a field means nothing. Rows that cannot be taken are listed in [`CatalogFile::refused`].
///
/// # Errors
/// [`FileRefusal`] when the file has no header, or one that lacks columns.
pub fn parse(text: &str) -> Result<CatalogFile, FileRefusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = records.headers().map_err(|_| FileRefusal::Empty)?.clone();
    let positions = find_columns(&header)?;
    let mut builder = Builder::default();
    for record in records.into_records() {
        // The text is valid UTF-8 and any number of fields is accepted, so that no record can fail.
        let Ok(record) = record else { continue };
        builder.rows += 1;
        let line = record.position().map_or(0, csv::Position::line);
        let taken = read_row(&record, &header, &positions).and_then(|row| builder.take(line, row));
        if let Err(reason) = taken {
            builder.refused.push(RefusedRow { line, reason });
        }
    }
    Ok(CatalogFile { products: builder.products, refused: builder.refused, rows: builder.rows })
}

/// Where each of [`Column::ALL`] stands in the file.
fn find_columns(header: &csv::StringRecord) -> Result<Vec<Option<usize>>, FileRefusal> {
    if header.iter().all(str::is_empty) {
        return Err(FileRefusal::Empty);
    }
    let mut positions = Vec::new();
    let mut missing = Vec::new();
    for column in Column::ALL {
        let position = header.iter().position(|text| column.is_named(text));
        if position.is_none() && column.is_required() {
            missing.push(*column);
        }
        positions.push(position);
    }
    if missing.is_empty() { Ok(positions) } else { Err(FileRefusal::MissingColumns(missing)) }
}

struct Row<'file> {
    product_name: &'file str,
    part_number: &'file str,
    sku: Uuid,
    sku_kind: Option<SkuKind>,
    kind: Option<ImportedKind>,
    plan: ImportedPlan,
}

fn read_row<'file>(
    record: &'file csv::StringRecord,
    header: &csv::StringRecord,
    positions: &[Option<usize>],
) -> Result<Row<'file>, RowRefusal> {
    if record.len() != header.len() {
        return Err(RowRefusal::WrongFieldCount { expected: header.len(), found: record.len() });
    }
    let field = |column: Column| positions[column as usize].and_then(|at| record.get(at)).unwrap_or_default();
    let text = |column: Column| match field(column) {
        "" => Err(RowRefusal::Empty(column)),
        text if text.chars().count() > NAME_MAX => Err(RowRefusal::TooLong(column)),
        text => Ok(text),
    };
    let guid = |column| text(column)?.parse::<Uuid>().map_err(|_| RowRefusal::NotAGuid(column));
    Ok(Row {
        product_name: text(Column::ProductName)?,
        part_number: text(Column::PartNumber)?,
        sku: guid(Column::SkuId)?,
        sku_kind: choice(Column::SkuKind, field(Column::SkuKind), SkuKind::from_code)?,
        kind: read_kind(field(Column::ProductKind), field(Column::Fits))?,
        plan: ImportedPlan {
            guid: guid(Column::ServicePlanId)?,
            name: text(Column::ServicePlanName)?.to_owned(),
            friendly_name: text(Column::ServicePlanFriendlyName)?.to_owned(),
        },
    })
}

/// What an optional column says, if anything.
fn choice<T>(column: Column, text: &str, from_code: fn(&str) -> Option<T>) -> Result<Option<T>, RowRefusal> {
    match text {
        "" => Ok(None),
        text => from_code(text).map(Some).ok_or(RowRefusal::Impossible(column)),
    }
}

fn read_kind(kind: &str, fits: &str) -> Result<Option<ImportedKind>, RowRefusal> {
    let kind = choice(Column::ProductKind, kind, ProductKind::from_code)?;
    let names = fits.split(';').map(str::trim).filter(|name| !name.is_empty());
    let fits: Vec<_> = names.map(str::to_owned).collect();
    match (kind.is_some_and(ProductKind::is_add_on), fits.is_empty()) {
        (true, true) => Err(RowRefusal::Empty(Column::Fits)),
        (false, false) => Err(RowRefusal::Impossible(Column::Fits)),
        _ => Ok(kind.map(|kind| ImportedKind { kind, fits })),
    }
}

/// Whether a row says something else than what is kept. One that is silent does not.
fn differs<T: PartialEq>(kept: Option<&T>, said: Option<&T>) -> bool {
    matches!((kept, said), (Some(kept), Some(said)) if kept != said)
}

/// The products read so far, with what is needed to find them again.
#[derive(Default)]
struct Builder {
    products: Vec<ImportedProduct>,
    refused: Vec<RefusedRow>,
    rows: usize,
    product_by_name: HashMap<String, usize>,
    sku_by_guid: HashMap<Uuid, Place>,
    line_of_plan: HashMap<(Uuid, Uuid), u64>,
}

/// Where a SKU stands, and the line that named it first.
#[derive(Clone, Copy)]
struct Place {
    product: usize,
    sku: usize,
    first_line: u64,
}

impl Builder {
    fn take(&mut self, line: u64, row: Row<'_>) -> Result<(), RowRefusal> {
        let place = match self.sku_by_guid.get(&row.sku) {
            Some(place) => *place,
            None => self.add_sku(line, &row),
        };
        let product = &mut self.products[place.product];
        if product.name != row.product_name {
            return Err(RowRefusal::OtherProductName { kept: product.name.clone(), first_line: place.first_line });
        }
        let sku = &mut product.skus[place.sku];
        if sku.part_number != row.part_number {
            return Err(RowRefusal::OtherPartNumber { kept: sku.part_number.clone(), first_line: place.first_line });
        }
        if let Some(first_line) = self.line_of_plan.get(&(row.sku, row.plan.guid)) {
            return Err(RowRefusal::Repeated { first_line: *first_line });
        }
        if differs(sku.said_kind.as_ref(), row.sku_kind.as_ref()) {
            return Err(RowRefusal::Contradicts(Column::SkuKind));
        }
        if differs(product.kind.as_ref(), row.kind.as_ref()) {
            return Err(RowRefusal::Contradicts(Column::ProductKind));
        }
        sku.said_kind = sku.said_kind.or(row.sku_kind);
        product.kind = product.kind.take().or(row.kind);
        self.line_of_plan.insert((row.sku, row.plan.guid), line);
        sku.plans.push(row.plan);
        Ok(())
    }

    fn add_sku(&mut self, line: u64, row: &Row<'_>) -> Place {
        let next = self.products.len();
        let product = *self.product_by_name.entry(row.product_name.to_owned()).or_insert(next);
        if product == next {
            let name = row.product_name.to_owned();
            self.products.push(ImportedProduct { name, kind: None, skus: Vec::new() });
        }
        let skus = &mut self.products[product].skus;
        let part_number = row.part_number.to_owned();
        skus.push(ImportedSku { guid: row.sku, part_number, said_kind: None, plans: Vec::new() });
        let place = Place { product, sku: skus.len() - 1, first_line: line };
        self.sku_by_guid.insert(row.sku, place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "product_name,part_number,sku_id,service_plan_name,service_plan_id,service_plan_friendly_name\n";
    const SKU: &str = "f8a1db68-be16-40ed-86d5-cb42ce701560";
    const OTHER_SKU: &str = "3a6a908c-09c5-406a-8170-8ebb63c42882";
    const PLAN: &str = "70d33638-9c74-4d01-bfd3-562de28bd4ba";
    const OTHER_PLAN: &str = "113feb6c-3fe4-4440-bddc-54d774bf0318";

    fn read(rows: &str) -> CatalogFile {
        parse(&format!("{HEADER}{rows}")).unwrap()
    }

    fn refused(rows: &str) -> Vec<(u64, RowRefusal)> {
        read(rows).refused.into_iter().map(|row| (row.line, row.reason)).collect()
    }

    fn row(name: &str, part_number: &str, sku: &str, plan: &str) -> String {
        format!("{name},{part_number},{sku},BI,{plan},Power BI\n")
    }

    #[test]
    fn the_whole_published_table_is_read() {
        let file = parse(include_str!("../../../../data/products.csv")).unwrap();

        assert_eq!((file.rows, file.products.len(), file.sku_count()), (5_974, 604, 619));
        let plans: usize = file.products.iter().flat_map(|product| &product.skus).map(|sku| sku.plans.len()).sum();
        assert_eq!(plans, 5_959);
        let mut by_code: std::collections::BTreeMap<&str, Vec<u64>> = std::collections::BTreeMap::new();
        for row in &file.refused {
            by_code.entry(row.reason.code()).or_default().push(row.line);
        }
        assert_eq!(
            by_code.into_iter().collect::<Vec<_>>(),
            [
                ("other_product_name", vec![5540, 5541, 5542, 5543, 5544, 5545, 5546, 5547, 5548, 5549]),
                ("repeated", vec![1290, 5727, 5731, 5733, 5734]),
            ]
        );
    }

    /// Decision D31: a product has one or more SKUs.
    #[test]
    fn skus_of_the_same_name_are_one_product() {
        let file = parse(include_str!("../../../../data/products.csv")).unwrap();

        let several = file.products.iter().filter(|product| product.skus.len() > 1).count();
        assert_eq!(several, 15);
        let visio = file.products.iter().find(|product| product.name == "Visio Plan 1").unwrap();
        let part_numbers: Vec<&str> = visio.skus.iter().map(|sku| sku.part_number.as_str()).collect();
        assert_eq!(part_numbers, ["VISIOONLINE_PLAN1", "VISIO_PLAN1_DEPT"]);
    }

    /// Decision D31: the SKUs that users buy for their team.
    #[test]
    fn departmental_skus_are_self_service() {
        let file = parse(include_str!("../../../../data/products.csv")).unwrap();

        let skus = file.products.iter().flat_map(|product| &product.skus);
        let mut part_numbers: Vec<&str> =
            skus.filter(|sku| sku.kind() == SkuKind::SelfService).map(|sku| sku.part_number.as_str()).collect();
        part_numbers.sort_unstable();
        assert_eq!(
            part_numbers,
            [
                "FLOW_PER_USER_DEPT",
                "Microsoft_Teams_Exploratory_Dept",
                "PBI_PREMIUM_PER_USER_DEPT",
                "POWER_BI_PRO_DEPT",
                "PROJECT_PLAN1_DEPT",
                "PROJECT_PLAN3_DEPT",
                "VISIO_PLAN1_DEPT",
                "VISIO_PLAN2_DEPT",
            ]
        );
    }

    #[test]
    fn a_name_suggests_a_shelf() {
        let shelf = |name: &str| ImportedProduct { name: name.to_owned(), kind: None, skus: vec![] }.likely_category();
        assert_eq!(shelf("Microsoft 365 E5"), Category::Productivity);
        assert_eq!(shelf("Microsoft 365 E5 Security"), Category::Security);
        assert_eq!(shelf("Power BI Pro"), Category::Analytics);
        assert_eq!(shelf("Dynamics 365 Sales"), Category::BusinessApps);
        assert_eq!(shelf("Microsoft Teams Phone"), Category::Communication);
        assert_eq!(shelf("Windows 365 Business"), Category::Windows);
        assert_eq!(shelf("Power Automate Premium"), Category::Developer);
        assert_eq!(shelf("Clipchamp Premium"), Category::Other);
    }

    #[test]
    fn a_row_becomes_a_product_with_a_sku_and_a_plan() {
        let expected = ImportedProduct {
            name: "Power BI Pro".into(),
            kind: None,
            skus: vec![ImportedSku {
                guid: SKU.parse().unwrap(),
                part_number: "POWER_BI_PRO".into(),
                said_kind: None,
                plans: vec![ImportedPlan {
                    guid: PLAN.parse().unwrap(),
                    name: "BI".into(),
                    friendly_name: "Power BI".into(),
                }],
            }],
        };

        let file = read(&row("Power BI Pro", "POWER_BI_PRO", SKU, PLAN));

        assert_eq!(file, CatalogFile { products: vec![expected], refused: vec![], rows: 1 });
    }

    #[test]
    fn byte_order_mark_line_ends_quotes_blank_lines_and_spaces_mean_nothing() {
        let plain = read(&row("Power BI Pro", "POWER_BI_PRO", SKU, PLAN));
        let header = HEADER.trim_end();
        let odd =
            format!("\u{feff}{header}\r\n\r\n\"Power BI Pro\", POWER_BI_PRO\t,{SKU},BI,{PLAN},\"Power BI\"\r\n\r\n");

        assert_eq!(parse(&odd), Ok(plain));
    }

    #[test]
    fn a_quoted_name_may_hold_commas_quotes_and_line_ends() {
        let rows = row("\"Plan \"\"A\"\", for\nall\"", "A", SKU, PLAN) + "short\n";

        let file = read(&rows);

        assert_eq!(file.products[0].name, "Plan \"A\", for\nall");
        assert_eq!(
            file.refused,
            [RefusedRow { line: 4, reason: RowRefusal::WrongFieldCount { expected: 6, found: 1 } }]
        );
    }

    #[test]
    fn columns_may_stand_in_any_order_beside_others_and_under_their_published_names() {
        let file = parse(&format!(
            "GUID,Comment,String_Id,Product_Display_Name,Service_Plan_Name,Service_Plan_Id,\
             Service_Plans_Included_Friendly_Names\n{SKU},hello,POWER_BI_PRO,Power BI Pro,BI,{PLAN},Power BI\n"
        ));

        assert_eq!(file, Ok(read(&row("Power BI Pro", "POWER_BI_PRO", SKU, PLAN))));
    }

    #[test]
    fn a_file_without_a_header_or_with_missing_columns_is_refused_as_a_whole() {
        assert_eq!(parse(""), Err(FileRefusal::Empty));
        assert_eq!(parse("\u{feff}\r\n"), Err(FileRefusal::Empty));
        assert_eq!(
            parse("product_name,sku_id,service_plan_id,service_plan_friendly_name\na,b,c,d\n"),
            Err(FileRefusal::MissingColumns(vec![Column::PartNumber, Column::ServicePlanName]))
        );
        assert_eq!(
            parse(&HEADER.replace(',', ";")),
            Err(FileRefusal::MissingColumns(Column::ALL[..6].to_vec())),
            "semicolons are not commas"
        );
    }

    #[test]
    fn a_header_alone_is_an_empty_catalog() {
        assert_eq!(read(""), CatalogFile { products: vec![], refused: vec![], rows: 0 });
    }

    #[test]
    fn empty_long_and_malformed_fields_are_refused_with_their_column() {
        let long = "n".repeat(NAME_MAX + 1);
        let rows = row("", "A", SKU, PLAN)
            + &row("A", "  ", SKU, PLAN)
            + &row(&long, "A", SKU, PLAN)
            + &row("A", "A", "not-a-guid", PLAN)
            + &row("A", "A", SKU, "123");

        let reasons = [
            RowRefusal::Empty(Column::ProductName),
            RowRefusal::Empty(Column::PartNumber),
            RowRefusal::TooLong(Column::ProductName),
            RowRefusal::NotAGuid(Column::SkuId),
            RowRefusal::NotAGuid(Column::ServicePlanId),
        ];
        assert_eq!(refused(&rows), (2..).zip(reasons).collect::<Vec<_>>());
        assert_eq!(read(&rows).products, []);
    }

    #[test]
    fn the_first_name_and_part_number_of_a_sku_are_kept() {
        let rows = row("Old name", "A", SKU, PLAN)
            + &row("New name", "A", SKU, OTHER_PLAN)
            + &row("Old name", "B", SKU, OTHER_PLAN);

        assert_eq!(
            refused(&rows),
            [
                (3, RowRefusal::OtherProductName { kept: "Old name".into(), first_line: 2 }),
                (4, RowRefusal::OtherPartNumber { kept: "A".into(), first_line: 2 }),
            ]
        );
    }

    #[test]
    fn a_repeated_plan_is_refused_but_the_same_plan_of_another_sku_is_not() {
        let rows = row("A", "A", SKU, PLAN) + &row("A", "A", SKU, PLAN) + &row("A", "A", OTHER_SKU, PLAN);

        assert_eq!(refused(&rows), [(3, RowRefusal::Repeated { first_line: 2 })]);
        assert_eq!(read(&rows).sku_count(), 2);
    }

    /// Rows with what the optional columns say: kind of the SKU, kind of the product, what it fits.
    fn read_kinds(rows: &[(&str, &str, [&str; 3])]) -> CatalogFile {
        let mut text = format!("{},sku_kind,product_kind,fits\n", HEADER.trim_end());
        for (number, (name, sku, kinds)) in rows.iter().enumerate() {
            let plan = format!("70d33638-9c74-4d01-bfd3-562de28bd4{number:02}");
            text += &format!("{name},{name}_1,{sku},P,{plan},Plan,{}\n", kinds.join(","));
        }
        parse(&text).unwrap()
    }

    /// R160, R180: a file says what costs nothing, whatever its part number, and what is an add-on to what.
    #[test]
    fn a_file_says_what_is_free_and_what_is_an_add_on() {
        let file = read_kinds(&[
            ("Storage", SKU, ["", "traditional_add_on", " Office ; Suite;"]),
            ("Storage", SKU, ["central", "", ""]),
            ("Notes", OTHER_SKU, ["free", "base", ""]),
        ]);
        assert_eq!(file.refused, []);
        let kind = |kind, fits: &[&str]| {
            let fits = fits.iter().map(ToString::to_string).collect();
            Some(ImportedKind { kind, fits })
        };
        let said: Vec<_> = file.products.iter().map(|product| (product.kind.clone(), product.skus[0].kind())).collect();
        assert_eq!(
            said,
            [
                (kind(ProductKind::TraditionalAddOn, &["Office", "Suite"]), SkuKind::Central),
                (kind(ProductKind::Base, &[]), SkuKind::Free),
            ]
        );
        assert_eq!(file.products[0].skus[0].said_kind, Some(SkuKind::Central));
    }

    #[test]
    fn what_cannot_be_or_contradicts_is_refused() {
        let file = read_kinds(&[
            ("Notes", SKU, ["gratis", "", ""]),
            ("Notes", SKU, ["", "add_on", ""]),
            ("Notes", SKU, ["", "standalone_add_on", " ; "]),
            ("Notes", SKU, ["", "", "Office"]),
            ("Notes", SKU, ["free", "base", ""]),
            ("Notes", SKU, ["central", "", ""]),
            ("Notes", SKU, ["", "standalone_add_on", "Office"]),
        ]);
        let refused: Vec<_> = file.refused.into_iter().map(|row| (row.line, row.reason)).collect();
        assert_eq!(
            refused,
            [
                (2, RowRefusal::Impossible(Column::SkuKind)),
                (3, RowRefusal::Impossible(Column::ProductKind)),
                (4, RowRefusal::Empty(Column::Fits)),
                (5, RowRefusal::Impossible(Column::Fits)),
                (7, RowRefusal::Contradicts(Column::SkuKind)),
                (8, RowRefusal::Contradicts(Column::ProductKind)),
            ]
        );
    }
}
