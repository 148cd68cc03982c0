// The page's language: chosen by ?lang=, then the last choice, then the browser; texts that a language lacks are shown in English.
import en from './texts/en.js';
import zh from './texts/zh-TW.js';
import ja from './texts/ja.js';
import th from './texts/th.js';

const tables = { 'zh-TW': zh, en, ja, th };
export const languages = [['zh-TW', '繁體中文'], ['en', 'English'], ['ja', '日本語'], ['th', 'ไทย']];
const remembered = 'phone.language';

function known(tag) {
  if (!tag) return null;
  const lower = tag.toLowerCase();
  if (lower.startsWith('zh')) return 'zh-TW';
  return Object.keys(tables).find(name => lower.split('-')[0] === name) ?? null;
}

function choose() {
  const asked = known(new URLSearchParams(location.search).get('lang')) ?? known(localStorage.getItem(remembered));
  return asked ?? navigator.languages.map(known).find(Boolean) ?? 'zh-TW';
}

let current = choose();

export const language = () => current;

/** @returns {string} The text for a key, with `{name}` replaced from `values`. A key that no table has is a bug and throws. */
export function t(key, values) {
  const text = tables[current][key] ?? en[key];
  if (text === undefined) throw new Error(`No text for "${key}".`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values?.[name] ?? '');
}

/** The text for a key that data brings (an event type, a kind), or the bare word when we have none for it. */
export const tOr = (key, bare) => tables[current][key] ?? en[key] ?? bare;

export function setLanguage(tag) {
  current = known(tag) ?? current;
  localStorage.setItem(remembered, current);
  applyLanguage();
}

export function applyLanguage() {
  document.documentElement.lang = current === 'zh-TW' ? 'zh-Hant-TW' : current;
  document.title = `${t('phone')} · Module Market`;
}

// Times of the chat are in the reader's zone and way; those of the time line in milliseconds, to read order from them.
export const clock = at => new Intl.DateTimeFormat(current, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
export const exactClock = at =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(at);

/** From when to when, as the clocks of a zone in LINE's spelling say: ASIA_TAIPEI, AMERICA_NEW_YORK. */
export function between(start, end, lineZone) {
  // LINE's ETC_GMT_MINUS_12 is 12 hours behind UTC, which the tz database writes Etc/GMT+12.
  const timeZone = lineZone.replace('_PLUS_', '-').replace('_MINUS_', '+').replace('_', '/');
  return new Intl.DateTimeFormat(current, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone }).formatRange(start, end);
}

const midnight = at => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** "Today", "Yesterday" or the date, as a separator between the days of a chat. */
export function dayName(at, now = new Date()) {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return t('today');
  if (days === 1) return t('yesterday');
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(current, { year, month: 'long', day: 'numeric', weekday: 'short' }).format(at);
}

export const sameDay = (one, other) => midnight(one) === midnight(other);
