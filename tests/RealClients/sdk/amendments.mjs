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

const number = { type: "integer", format: "int64" };

export const amendments = {
  "webhook.yml": [
    // "detached" bears a reason only where the account was deleted; LINE's own example has none.
    optional("DetachedModuleContent", "reason"),
    // A hold without an end has no end to tell.
    optional("ChatControl", "expireAt"),
    // Ours, beyond LINE, and on the partners' list of differences.
    (schemas) => {
      schemas.Event.discriminator.mapping.defaultActive = "#/components/schemas/DefaultActiveEvent";
      schemas.DefaultActiveEvent = {
        allOf: [{ $ref: "#/components/schemas/Event" }, { type: "object", required: ["defaultActive"],
          properties: { defaultActive: { type: "object", required: ["state"], properties: { state: { type: "string", enum: ["gained", "lost"] } } } } }],
      };
    },
  ],
  "manage-audience.yml": [
    // LINE's own examples of these answers have what their schemas leave out.
    open("AudienceGroup", "expireTimestamp", number),
    open("CreateImpBasedAudienceGroupResponse", "expireTimestamp", number),
    open("CreateImpBasedAudienceGroupResponse", "createRoute", { type: "string" }),
    open("CreateImpBasedAudienceGroupResponse", "permission", { type: "string" }),
    open("CreateImpBasedAudienceGroupResponse", "isIfaAudience", { type: "boolean" }),
    // LINE's prose says 202, its description 200.
    (_schemas, root) => {
      const answers = root.paths["/v2/bot/audienceGroup/{audienceGroupId}"].delete.responses;
      answers["202"] = answers["200"];
    },
  ],
};
