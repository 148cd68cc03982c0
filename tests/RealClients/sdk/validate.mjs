// Holds recorded traffic against LINE's published descriptions: node validate.mjs FOLDER-OF-DESCRIPTIONS < traffic.jsonl > verdict.json
//
// An exchange is one line of JSON: {side, method, path, query, requestType, request, status, responseType, response}; bodies as text, null where there were none
// or where they are no text. What an answer of 2xx accepted must be a valid request; every answer must be one that LINE describes. The verdict:
// {exchanges, operations: {name: count}, faults: [{side, operation, what, fault}]}.
import { createInterface } from "node:readline";
import { readDescriptions } from "./descriptions.mjs";

const descriptions = readDescriptions(process.argv[2]);
const operations = descriptions.flatMap((description) => description.operations).filter((operation) => operation.description.file !== "webhook.yml");
const webhook = descriptions.find((description) => description.file === "webhook.yml");
const messaging = descriptions.find((description) => description.file === "messaging-api.yml");
const errorOf = (path) => (/^\/(oauth2|v2\/oauth)\//.test(path)
  ? [descriptions.find((description) => description.file === "channel-access-token.yml"), { $ref: "#/components/schemas/ErrorResponse" }]
  : [messaging, { $ref: "#/components/schemas/ErrorResponse" }]);

const verdict = { exchanges: 0, operations: {}, faults: [] };

function tell(exchange, operation, what, fault) {
  verdict.faults.push({ side: exchange.side, operation, what, fault, status: exchange.status });
}

function isJson(type) {
  return /^application\/json\b/i.test(type ?? "");
}

function parsed(exchange, operation, what, text) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    tell(exchange, operation, what, "is no JSON");
    return undefined;
  }
}

function checkParameters(exchange, operation) {
  const inPath = operation.path.match(/\{[^}]+\}/g) ?? [];
  const values = exchange.path.match(operation.pattern).slice(1).map(decodeURIComponent);
  const query = new URLSearchParams(exchange.query ?? "");
  const described = new Set();
  for (const parameter of operation.parameters) {
    described.add(parameter.name);
    const value = parameter.in === "path" ? values[inPath.indexOf(`{${parameter.name}}`)] : parameter.in === "query" ? query.get(parameter.name) : undefined;
    if (parameter.in === "query" && parameter.required && value === null) tell(exchange, operation.name, "query", `${parameter.name} is missing`);
    if (value === undefined || value === null) continue;
    const type = parameter.schema.type ?? "string";
    const typed = ["integer", "number"].includes(type) && /^-?\d+$/.test(value) ? Number(value) : type === "boolean" && /^(true|false)$/.test(value) ? value === "true" : type === "array" ? query.getAll(parameter.name) : value;
    for (const fault of operation.description.faults(parameter.schema, typed)) tell(exchange, operation.name, `${parameter.in} ${parameter.name}`, fault);
  }

  for (const name of query.keys()) if (!described.has(name)) tell(exchange, operation.name, "query", `${name} is not described`);
}

function checkRequest(exchange, operation) {
  checkParameters(exchange, operation);
  const content = operation.requestBody?.content;
  if (!content) return;
  const type = Object.keys(content).find((one) => one === "*/*" || (exchange.requestType ?? "").toLowerCase().startsWith(one));
  if (!exchange.requestType || (exchange.request === null && isJson(exchange.requestType))) {
    if (operation.requestBody.required) tell(exchange, operation.name, "request", "has no body");
  } else if (!type) {
    tell(exchange, operation.name, "request", `type ${exchange.requestType} is not described`);
  } else if (isJson(type)) {
    const body = parsed(exchange, operation.name, "request", exchange.request);
    if (body) for (const fault of operation.description.faults(content[type].schema, body.value)) tell(exchange, operation.name, "request", fault);
  } else if (type === "application/x-www-form-urlencoded") {
    const form = Object.fromEntries(new URLSearchParams(exchange.request));
    for (const fault of operation.description.faults(content[type].schema, form)) tell(exchange, operation.name, "request", fault);
  }
}

function checkAnswer(exchange, operation) {
  const answer = operation.responses[exchange.status];
  if (!answer && exchange.status < 400) return tell(exchange, operation.name, "answer", `status ${exchange.status} is not described`);
  const content = answer?.content;
  if (exchange.status >= 400 && !content) {
    if (!isJson(exchange.responseType)) return tell(exchange, operation.name, `answer ${exchange.status}`, `type ${exchange.responseType} is no JSON`);
    const body = parsed(exchange, operation.name, `answer ${exchange.status}`, exchange.response);
    const [description, schema] = errorOf(exchange.path);
    if (body) for (const fault of description.faults(schema, body.value)) tell(exchange, operation.name, `answer ${exchange.status}`, fault);
    return undefined;
  }

  const type = Object.keys(content ?? {}).find((one) => one === "*/*" || (exchange.responseType ?? "").toLowerCase().startsWith(one));
  if (content && !type) return tell(exchange, operation.name, `answer ${exchange.status}`, `type ${exchange.responseType} is not described`);
  if (type && isJson(type)) {
    const body = parsed(exchange, operation.name, `answer ${exchange.status}`, exchange.response);
    if (body) for (const fault of operation.description.faults(content[type].schema, body.value)) tell(exchange, operation.name, `answer ${exchange.status}`, fault);
  }

  return undefined;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue;
  const exchange = JSON.parse(line);
  verdict.exchanges++;
  if (exchange.side === "webhook") {
    verdict.operations.webhook = (verdict.operations.webhook ?? 0) + 1;
    const body = parsed(exchange, "webhook", "request", exchange.request);
    if (body) for (const fault of webhook.faults({ $ref: "#/components/schemas/CallbackRequest" }, body.value)) tell(exchange, "webhook", "request", fault);
    continue;
  }

  // "/v2/bot/richmenu/list" is not the menu called list: of several that fit, the one with the fewest parameters is meant.
  const operation = operations.filter((one) => one.method === exchange.method && one.pattern.test(exchange.path)).sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
  if (!operation) {
    tell(exchange, `${exchange.method} ${exchange.path}`, "path", "is not described");
    continue;
  }

  verdict.operations[operation.name] = (verdict.operations[operation.name] ?? 0) + 1;
  if (exchange.status < 400) checkRequest(exchange, operation);
  checkAnswer(exchange, operation);
}

process.stdout.write(JSON.stringify(verdict));
