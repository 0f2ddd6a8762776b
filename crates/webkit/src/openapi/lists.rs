//! What the address of a list takes: that of its register's page.

use utoipa::openapi::{
    ObjectBuilder, OpenApi, RefOr, Required,
    path::{Parameter, ParameterBuilder, ParameterIn},
    schema::Type,
};

use crate::Listed;

/// Adds to the list of a register what its handler does not describe itself.
pub(super) fn tell(document: &mut OpenApi, register: &dyn Listed) {
    let path = format!("/api/v1{}", register.path());
    let Some(list) = document.paths.paths.get_mut(&path).and_then(|item| item.get.as_mut()) else { return };
    let known = list.parameters.get_or_insert_default();
    for name in register.query() {
        let is_it = |one: &RefOr<Parameter>| matches!(one, RefOr::T(one) if one.name == name);
        if !known.iter().any(is_it) {
            known.push(RefOr::T(parameter(name)));
        }
    }
}

fn parameter(name: &str) -> Parameter {
    let about = match name {
        "q" => Some("words, diacritics optional"),
        "after" => Some("cursor"),
        _ => None,
    };
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False);
    parameter.description(about).schema(Some(text)).build()
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use kernel::{Ctx, Problem};
    use utoipa::openapi::{
        HttpMethod, OpenApiBuilder, PathItem,
        path::{OperationBuilder, PathsBuilder},
    };

    use super::*;
    use crate::{Core, Hit, Req};

    struct Cases;

    #[async_trait]
    impl Listed for Cases {
        async fn disagreements(&self, _: &Core, _: &Ctx) -> Result<(Vec<String>, usize), Problem> {
            Ok((vec![], 0))
        }

        fn path(&self) -> &'static str {
            "/cases"
        }

        fn query(&self) -> Vec<&'static str> {
            vec!["q", "state", "after"]
        }

        fn words(&self) -> Vec<String> {
            vec![]
        }

        fn knows(&self, _: &str, _: &str) -> bool {
            true
        }

        fn action(&self) -> &'static str {
            "case.read"
        }

        async fn find(&self, _: &Req, _: &str, _: usize) -> Result<Vec<Hit>, Problem> {
            Ok(vec![])
        }
    }

    #[test]
    fn a_list_takes_what_its_page_takes_each_once_and_as_its_handler_describes_it() {
        let own =
            ParameterBuilder::new().name("state").parameter_in(ParameterIn::Query).description(Some("open or not"));
        let list = PathItem::new(HttpMethod::Get, OperationBuilder::new().parameter(own.build()).build());
        let other = PathItem::new(HttpMethod::Get, OperationBuilder::new().build());
        let paths = PathsBuilder::new().path("/api/v1/cases", list).path("/api/v1/cases/{id}", other).build();
        let mut document = OpenApiBuilder::new().paths(paths).build();
        tell(&mut document, &Cases);
        let document = serde_json::to_value(&document).unwrap();
        let told = &document["paths"]["/api/v1/cases"]["get"]["parameters"];
        let names: Vec<_> = told.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["state", "q", "after"]);
        assert_eq!(told[0]["description"], "open or not");
        assert_eq!(document["paths"]["/api/v1/cases/{id}"]["get"].get("parameters"), None);
    }
}
