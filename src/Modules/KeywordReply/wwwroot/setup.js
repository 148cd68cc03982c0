"use strict";
const bot = new URLSearchParams(location.search).get("bot");
const address = `setup/api/answers?bot=${encodeURIComponent(bot ?? "")}`;
const at = id => document.getElementById(id);
let page = null; // What the server said last: {accountName, isBuiltIn, answers}.
let stateWord = null; // The key of what the bar says.

function say(key) {
  stateWord = key;
  at("state").textContent = key ? word(key) : "";
}

function fail(key) {
  at("trouble").textContent = word(key);
  at("trouble").dataset.word = key;
  at("trouble").hidden = false;
}

function showWords() {
  document.documentElement.lang = language;
  document.title = word("title");
  translate(document);
  at("language").textContent = word("other");
  if (page)
    at("account").textContent = word(page.isBuiltIn ? "accountNew" : "account", { name: page.accountName });

  say(stateWord);
}

function addRule(rule) {
  const item = at("rule").content.firstElementChild.cloneNode(true);
  item.querySelector(".keywords").value = rule.keywords.join(language === "en" ? ", " : "、");
  item.querySelector(".kind").value = rule.kind;
  item.querySelector(".answer").value = rule.answer;
  translate(item);
  showKind(item);
  at("rules").append(item);
  return item;
}

function showKind(item) {
  const isSilent = item.querySelector(".kind").value === "silent";
  item.querySelector(".answer-field").hidden = isSilent;
  item.querySelector(".silence").hidden = !isSilent;
}

function read() {
  return {
    greeting: at("greeting").value,
    fallback: at("fallback").value,
    rules: [...at("rules").children].map(item => ({
      keywords: item.querySelector(".keywords").value.split(/[,，、\n]/).map(text => text.trim()).filter(text => text),
      kind: item.querySelector(".kind").value,
      answer: item.querySelector(".answer").value,
    })),
  };
}

function mark(errors) {
  for (const problem of document.querySelectorAll(".problem"))
    problem.hidden = true;

  for (const path of Object.keys(errors)) {
    const place = /^rules\[(\d+)\]\.(keywords|answer)$/.exec(path);
    if (!place)
      continue;

    const item = at("rules").children[Number(place[1])];
    const problem = item.querySelector(".problem");
    problem.textContent = word(place[2] === "keywords" ? "badKeywords" : "badAnswer");
    problem.hidden = false;
    item.scrollIntoView({ block: "center" });
  }
}

async function load() {
  if (!bot)
    return fail("noAccount");

  let response;
  try {
    response = await fetch(address);
  } catch {
    return fail("away");
  }

  if (!response.ok)
    return fail(response.status === 404 ? "unknownAccount" : "away");

  page = await response.json();
  at("greeting").value = page.answers.greeting;
  at("fallback").value = page.answers.fallback;
  page.answers.rules.forEach(addRule);
  at("form").hidden = false;
  showWords();
}

async function save() {
  const answers = read();
  at("save").disabled = true;
  say("saving");
  try {
    const response = await fetch(address, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(answers) });
    const errors = response.status === 400 ? (await response.json()).errors ?? {} : {};
    mark(errors);
    say(response.ok ? "saved" : response.status === 400 ? "invalid" : "notSaved");
    if (response.ok) {
      page = { ...page, isBuiltIn: false, answers };
      showWords();
    }
  } catch {
    say("notSaved");
  } finally {
    at("save").disabled = false;
  }
}

at("form").addEventListener("submit", event => {
  event.preventDefault();
  save();
});
at("form").addEventListener("input", event => {
  if (event.target.classList.contains("kind"))
    showKind(event.target.closest(".rule"));

  say("changed");
});
at("add").addEventListener("click", () => {
  addRule({ keywords: [], kind: "text", answer: "" }).querySelector(".keywords").focus();
  say("changed");
});
at("rules").addEventListener("click", event => {
  const item = event.target.closest(".rule");
  if (event.target.classList.contains("remove"))
    item.remove();
  else if (event.target.classList.contains("up"))
    item.previousElementSibling?.before(item);
  else if (event.target.classList.contains("down"))
    item.nextElementSibling?.after(item);
  else
    return;

  event.target.focus();
  say("changed");
});
at("language").addEventListener("click", () => {
  language = language === "en" ? "zh-TW" : "en";
  localStorage.setItem("lang", language);
  showWords();
});
window.addEventListener("beforeunload", event => {
  if (stateWord === "changed")
    event.preventDefault();
});

showWords();
load();
