// LINE's published descriptions as JSON Schemas that really check what is nested.
//
// Most validators stop where LINE's descriptions say "discriminator": a message would only be checked for its `type`. Here each schema with a mapping
// becomes two: what all its kinds share (`Message__base`), and the choice by `type` (`Message`). Its kinds build on the first, so that nothing goes in circles.
// Where an object is used, properties that nobody described are faults too: a misspelt optional property must not pass.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv2019 from "ajv/dist/2019.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { amendments } from "./amendments.mjs";

const methods = ["get", "post", "put", "delete", "patch"];
const nameOf = (ref) => ref.split("/").pop();

/** Reads all descriptions of a folder. */
export function readDescriptions(folder) {
  return readdirSync(folder).filter((file) => file.endsWith(".yml")).map((file) => new Description(file, parse(readFileSync(join(folder, file), "utf8"))));
}

class Description {
  constructor(file, root) {
    this.file = file;
    this.schemas = root.components?.schemas ?? {};
    for (const amend of amendments[file] ?? []) amend(this.schemas, root);
    this.ajv = new Ajv2019({ allErrors: true, strict: false, validateFormats: true });
    addFormats(this.ajv);
    for (const format of ["int32", "int64", "double", "float", "binary", "url"]) this.ajv.addFormat(format, true);
    this.ajv.addSchema({ $id: file, $defs: this.#definitions() });
    this.operations = Object.entries(root.paths).flatMap(([path, item]) =>
      methods.filter((method) => item[method]).map((method) => this.#operation(method, path, item[method], item.parameters ?? [])));
  }

  #operation(method, path, operation, shared) {
    const pattern = new RegExp(`^${path.replace(/[.]/g, "\\$&").replace(/\{[^}]+\}/g, "([^/]+)")}$`);
    return { description: this, name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, pattern, id: operation.operationId,
      parameters: [...shared, ...(operation.parameters ?? [])], requestBody: operation.requestBody, responses: operation.responses };
  }

  /** The faults of a value, as a schema of this description sees it: texts with the place in front. */
  faults(schema, value) {
    const key = JSON.stringify(schema);
    this.compiled ??= new Map();
    if (!this.compiled.has(key)) this.compiled.set(key, this.ajv.compile(this.#use(schema)));
    const check = this.compiled.get(key);
    return check(value) ? [] : withoutEchoes(check.errors).map((error) =>
      `${error.instancePath || "/"} ${error.message}${error.params.unevaluatedProperty ? ` '${error.params.unevaluatedProperty}'` : ""}${error.params.allowedValues ? ` ${error.params.allowedValues}` : ""}`);
  }

  #definitions() {
    const definitions = {};
    for (const [name, schema] of Object.entries(this.schemas)) {
      const mapping = schema.discriminator?.mapping;
      if (!mapping) {
        definitions[name] = this.#convert(schema, name);
        continue;
      }

      const by = schema.discriminator.propertyName;
      definitions[`${name}__base`] = this.#convert({ ...schema, discriminator: undefined }, name);
      definitions[name] = {
        type: "object", required: [by], properties: { [by]: { enum: Object.keys(mapping) } },
        allOf: [{ $ref: `${this.file}#/$defs/${name}__base` }, ...Object.entries(mapping).map(([kind, ref]) => ({
          if: { properties: { [by]: { const: kind } }, required: [by] }, then: { $ref: `${this.file}#/$defs/${nameOf(ref)}` } }))],
      };
    }

    return definitions;
  }

  /** A schema as part of another one's definition: left open, its parts closed. */
  #convert(schema, owner) {
    if (schema.$ref) return { $ref: `${this.file}#/$defs/${this.#asPartOf(owner, nameOf(schema.$ref))}` };
    const { discriminator, example, nullable, properties, items, allOf, oneOf, additionalProperties, description, xml, deprecated, ...rest } = schema;
    const result = { ...rest };
    if (properties) result.properties = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, this.#use(one)]));
    if (items) result.items = this.#use(items);
    if (typeof additionalProperties === "object") result.additionalProperties = this.#use(additionalProperties);
    if (allOf) result.allOf = allOf.map((part) => this.#convert(part, owner));
    if (oneOf) result.oneOf = oneOf.map((part) => this.#convert(part, owner));
    if (typeof result.exclusiveMinimum === "boolean") { if (result.exclusiveMinimum) { result.exclusiveMinimum = result.minimum; delete result.minimum; } else delete result.exclusiveMinimum; }
    if (typeof result.exclusiveMaximum === "boolean") { if (result.exclusiveMaximum) { result.exclusiveMaximum = result.maximum; delete result.maximum; } else delete result.exclusiveMaximum; }
    if (result.type === "array" && result.uniqueItems === undefined) delete result.uniqueItems;
    return nullable ? { anyOf: [result, { type: "null" }] } : result;
  }

  /** A schema where a value of it stands: nothing but what is described. */
  #use(schema) {
    const converted = this.#convert(schema);
    return this.#isObject(schema) ? { ...converted, unevaluatedProperties: false } : converted;
  }

  #isObject(schema) {
    if (schema.$ref) return this.#isObject(this.schemas[nameOf(schema.$ref)]);
    if (schema.additionalProperties) return false;
    return Boolean(schema.properties || schema.allOf || schema.discriminator);
  }

  /** A kind builds on what all kinds share, not on the choice among them. */
  #asPartOf(owner, name) {
    const mapping = this.schemas[name]?.discriminator?.mapping;
    return owner && mapping && Object.values(mapping).some((ref) => nameOf(ref) === owner || this.#buildsOn(nameOf(ref), owner)) ? `${name}__base` : name;
  }

  #buildsOn(name, part) {
    return (this.schemas[name]?.allOf ?? []).some((one) => one.$ref && nameOf(one.$ref) === part);
  }
}

/** A fault deep inside leaves everything around it "unevaluated": only the fault itself is told. */
function withoutEchoes(errors) {
  const isEcho = (error) => error.keyword === "unevaluatedProperties"
    && errors.some((other) => other.instancePath.startsWith(error.instancePath) && (other.keyword !== "unevaluatedProperties" ? other.keyword !== "if" : other.instancePath.length > error.instancePath.length));
  return errors.filter((error) => error.keyword !== "if" && !isEcho(error));
}
