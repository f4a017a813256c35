//! Purposes: the register that each speaks of, and whom it names there.

use super::super::fault::Problem;
use super::super::path::KeyPath;
use super::Context;

impl Context<'_> {
    pub(super) fn purposes(&mut self) {
        for (name, purpose) in &self.declaration.purposes {
            let path = KeyPath::of(&["purposes", name]);
            let Some(register) = &purpose.register else {
                if purpose.of.is_some() {
                    let expected = "`of` speaks of the units of a register: name it";
                    let problem = Problem::MissingKey {
                        key: "register".to_owned(),
                        expected: expected.to_owned(),
                    };
                    self.fault(&path.key("register"), problem);
                }
                continue;
            };
            if !self.has_register(register, &path.key("register")) {
                continue;
            }
            if let Some(of) = &purpose.of {
                self.condition(register, of, &path.key("of"));
            }
        }
    }
}
