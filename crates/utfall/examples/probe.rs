fn main() {
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file).unwrap();
        match utfall::Project::from_toml_file(&text, &file) {
            Ok(project) => {
                let json = utfall::Project::from_json(&project.to_json()).unwrap();
                if json != project { std::fs::write("/tmp/a.txt", format!("{project:#?}")).unwrap(); std::fs::write("/tmp/b.txt", format!("{json:#?}")).unwrap(); println!("json differs"); }
                let toml = utfall::Project::from_toml(&project.to_toml()).unwrap();
                if toml != project { std::fs::write("/tmp/c.txt", format!("{project:#?}")).unwrap(); std::fs::write("/tmp/d.txt", format!("{toml:#?}")).unwrap(); println!("toml differs {}", project.to_toml()); }
                println!("{file}: ok, {} goals", project.goals.len());
            }
            Err(error) => println!("{error}"),
        }
    }
}
