// What LINE's prose, or LINE itself, says otherwise than its descriptions. Each is one change of a description, with its reason; one that no longer fits throws.
const optional = (name, property) => (schemas) => {
  const schema = schemas[name];
  const part = [schema, ...(schema.allOf ?? [])].find((one) => one.required?.includes(property));
  part.required = part.required.filter((one) => one !== property);
  if (part.required.length === 0) delete part.required;
};

const open = (name, property, description) => (schemas) => {
  const schema = schemas[name];
  const part = [schema, ...(schema.allOf ?? [])].find((one) => one.properties);
  if (part.properties[property]) throw new Error(`${name}.${property} is described by now.`);
  part.properties[property] = description;
};

export const amendments = {
  "webhook.yml": [
    // "detached" bears a reason only where the account was deleted; LINE's own example has none.
    optional("DetachedModuleContent", "reason"),
    // A hold without an end has no end to tell.
    optional("ChatControl", "expireAt"),
  ],
};


