"use strict";
// The page's words. ?lang= decides, else what was chosen before, else the browser.
const words = {
  "zh-TW": {
    title: "關鍵字回覆",
    account: "正在替「{name}」回覆",
    accountNew: "正在替「{name}」準備：以下是內建的回覆，改成您店裡的內容後儲存即可。",
    intro: "顧客訊息裡出現關鍵字時，會自動送出對應的回覆。符合好幾個時，最長的關鍵字優先；一樣長時，排在上面的優先。",
    greeting: "新好友的歡迎訊息",
    fallback: "沒有符合任何關鍵字時",
    rules: "關鍵字與回覆",
    keywords: "關鍵字（用逗號分開）",
    kind: "回覆方式",
    kindText: "文字",
    kindBooking: "文字＋預約時段按鈕",
    kindMenu: "文字＋選單按鈕",
    kindSilent: "不回覆（留給真人）",
    answer: "回覆內容",
    silence: "出現這些字時保持安靜，由店裡的夥伴或客服模組接手。",
    add: "＋ 新增關鍵字",
    up: "上移",
    down: "下移",
    remove: "刪除",
    save: "儲存",
    saving: "儲存中…",
    saved: "已儲存，馬上生效。",
    changed: "有尚未儲存的修改",
    invalid: "有些內容還不能儲存，請看標示的地方。",
    badKeywords: "請填 1 到 20 個關鍵字，每個最多 40 字。",
    badAnswer: "請填回覆內容（預約最多 160 字，其他最多 1000 字）。",
    noAccount: "這個頁面要從您的管理後台開啟，才知道是哪一個官方帳號。",
    unknownAccount: "這個官方帳號目前沒有連接這個模組。請回到管理後台確認。",
    away: "現在連不上平台，請稍後重新整理。您的設定沒有遺失。",
    notSaved: "沒有存成功，請再試一次。您輸入的內容都還在。",
    other: "English",
  },
  en: {
    title: "Keyword Reply",
    account: "Answering for “{name}”",
    accountNew: "Getting ready for “{name}”: these are the built-in answers. Make them yours and save.",
    intro: "When a customer's message contains a keyword, its answer is sent. If several match, the longest wins; of the same length, the upper one.",
    greeting: "Welcome message for new friends",
    fallback: "When no keyword matches",
    rules: "Keywords and answers",
    keywords: "Keywords (separated by commas)",
    kind: "How to answer",
    kindText: "Text",
    kindBooking: "Text and booking buttons",
    kindMenu: "Text and menu buttons",
    kindSilent: "No answer (leave it to people)",
    answer: "Answer",
    silence: "Stays quiet at these words, so that your team or a desk module can answer.",
    add: "+ Add keywords",
    up: "Up",
    down: "Down",
    remove: "Remove",
    save: "Save",
    saving: "Saving…",
    saved: "Saved. It works from now on.",
    changed: "Not saved yet",
    invalid: "Some parts cannot be saved yet: see the marks.",
    badKeywords: "1 to 20 keywords, 40 characters each at most.",
    badAnswer: "An answer is needed (160 characters at most for booking, else 1000).",
    noAccount: "Open this page from your account's console, so that it knows which account it is for.",
    unknownAccount: "This account is not connected with this module. Please check in your console.",
    away: "The platform cannot be reached right now. Reload in a moment; your settings are safe.",
    notSaved: "That was not saved. Please try again; what you typed is still here.",
    other: "中文",
  },
};

const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("lang") ?? navigator.language;
let language = asked.startsWith("zh") ? "zh-TW" : "en";

function word(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), words[language][key] ?? key);
}

function translate(root) {
  for (const element of root.querySelectorAll("[data-word]"))
    element.textContent = word(element.dataset.word);
}
