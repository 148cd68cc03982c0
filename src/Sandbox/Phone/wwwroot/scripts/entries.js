// Says one entry of the time line in words: a title, chips for what matters, a note, and all of it as JSON.
import { h } from './dom.js';
import { clock, exactClock, t, tOr } from './i18n.js';

const calls = [
  [/\/message\/reply$/, 'callReply'], [/\/message\/push$/, 'callPush'], [/\/message\/multicast$/, 'callMulticast'],
  [/\/control\/acquire$/, 'callAcquire'], [/\/control\/release$/, 'callRelease'], [/\/chat\/loading\/start$/, 'callLoading'],
  [/\/profile\//, 'callProfile'], [/\/bot\/info$/, 'callInfo'], [/\/richmenu/, 'callRichMenu'], [/\/content/, 'callContent'], [/\/token$/, 'callToken'], [/\/detach$/, 'callDetach'],
  [/\/markAsRead$/, 'callMarkAsRead'], [/\/linkToken$/, 'callLinkToken'], [/\/(group|room)\/[^/]+\/leave$/, 'callLeave'], [/\/(group|room)\//, 'callGroup'],
];

const idPattern = /\b([A-Z]{1,2}[0-9a-f]{32})(?:-U[0-9a-f]{32})?\b/g;

/** An id as people can tell it from others: its first 5 and last 4 characters. */
export const short = id => id && id.length > 14 ? `${id.slice(0, 5)}…${id.slice(-4)}` : id ?? '';
const shortened = text => text.replace(idPattern, whole => short(whole));

/** The first thing said in a webhook's or a call's body: its text, else its kind of message. */
function said(value) {
  if (typeof value !== 'object' || value === null) return '';
  const message = value.message ?? value.messages?.[0];
  if (typeof message === 'object' && message?.type) return message.text ? `「${message.text}」` : message.altText ?? message.type;
  if (value.postback?.data) return value.postback.data;
  for (const inner of Object.values(value)) {
    const found = said(inner);
    if (found) return found;
  }
  return '';
}

/** LINE's own channel where the gateway names no module. */
const nameOf = module => module ?? t('linesOwnChannel');

/** Why a chat changed hands, or who answers first did. */
function reasonOf(entry) {
  if (entry.isExpiry) return t('moved.expired', { lost: nameOf(entry.lost) });
  return tOr(`moved.${entry.chatId ? entry.because : 'account'}`, entry.because);
}

const notices = ['activated', 'deactivated', 'defaultActive', 'module'];

function chipsOf(entry) {
  const chips = [];
  const chip = (text, kind) => chips.push(h('span', { class: `chip ${kind ?? ''}` }, text));
  if (entry.kind === 'moved') {
    chip(nameOf(entry.lost), 'lost');
    chips.push(h('span', { class: 'handover-arrow', 'aria-hidden': 'true' }, '→'));
    chip(nameOf(entry.answers), 'gained');
  }
  if (entry.module) chip(entry.module);
  if (entry.eventType && entry.kind !== 'person') chip(entry.eventType);
  // LINE fixes the mode of this one to active: it would call the module that has just lost the chat the one who answers.
  const tellsMode = entry.source !== 'gateway' || entry.chatId; // What concerns the whole account has no one who answers.
  if (tellsMode && entry.mode === 'active' && entry.eventType !== 'deactivated') chip(t('modeActive'), 'active');
  if (entry.mode === 'standby') chip(t('modeStandby'), 'standby');
  if (typeof entry.hasReplyToken === 'boolean' && !notices.includes(entry.eventType)) chip(t(entry.hasReplyToken ? 'mayReply' : 'noReplyToken'));
  if (entry.isRedelivery ?? entry.body?.deliveryContext?.isRedelivery) chip(t('again'), 'standby');
  return chips;
}

function endOf({ kind, status, outcome, millis }) {
  const end = [];
  if (status) end.push(h('span', { class: `chip ${status < 400 ? 'ok' : 'wrong'}` }, status));
  else if (outcome || kind === 'delivered') end.push(h('span', { class: 'chip wrong' }, t('noAnswer')));
  if (typeof millis === 'number') end.push(`${millis} ms`);
  return end;
}

function titleOf(entry) {
  if (entry.kind === 'call' && entry.path) {
    const named = calls.find(([pattern]) => pattern.test(entry.path));
    if (named) return t(named[1]);
  }
  if (entry.kind === 'moved') return t(entry.isExpiry ? 'movedByTime' : entry.chatId ? 'movedInChat' : 'movedFirst');
  if (entry.kind === 'person') return tOr(`person.${entry.eventType}`, t('kindPerson'));
  const kind = `kind${entry.kind[0].toUpperCase()}${entry.kind.slice(1)}`;
  return tOr(entry.source === 'gateway' ? `${kind}Gateway` : kind, tOr(kind, entry.kind));
}

function noteOf(entry) {
  const note = [];
  if (entry.path) note.push(h('code', null, shortened(`${entry.method ?? ''} ${entry.path}`.trim())));
  if (entry.channel && entry.kind === 'webhook') note.push(`→ ${entry.channel.name}`);
  if (entry.channel && entry.kind === 'call') note.push(`← ${entry.channel.name}`);
  if (entry.refusal) note.push(t('refusedBecause', { why: tOr(`refusal.${entry.refusal}`, entry.refusal) }));
  if (entry.kind === 'moved') note.push(reasonOf(entry));
  else if (entry.because) note.push(t('whoAnswers', { who: nameOf(entry.answers), why: tOr(`because.${entry.because}`, entry.because) }));
  if (entry.until) note.push(t('until', { time: clock(new Date(entry.until)) }));
  if (entry.lineSide && entry.lineSide !== 'unknown') note.push(t(`lineSide.${entry.lineSide}`));
  const words = said(entry.body);
  if (words) note.push(words);
  else if (entry.text && !entry.path && !entry.because && entry.kind !== 'person' && entry.kind !== 'clock' && entry.source !== 'gateway') note.push(shortened(entry.text));
  if (entry.epoch > 0) note.push(t('epoch', { n: entry.epoch }));
  if (entry.seenAs) note.push(h('span', null, `${t('seenAs')} `, h('code', null, short(entry.seenAs))));
  else if (entry.chatId && entry.kind !== 'moved') note.push(h('code', null, short(entry.chatId)));
  if (entry.outcome && !(entry.status >= 200 && entry.status < 300)) note.push(entry.outcome);
  return note.flatMap((part, index) => index === 0 ? [part] : [' · ', part]);
}

/** @param {object} entry An entry of the sandbox's or the gateway's feed. */
export function describe(entry) {
  const { key, time, ...told } = entry;
  const gateway = entry.source === 'gateway';
  return {
    time: exactClock(time),
    from: h('span', { class: `from ${gateway ? 'gateway' : ''}` }, t(gateway ? 'fromGateway' : 'fromLine')),
    title: titleOf(entry),
    chips: chipsOf(entry),
    end: endOf(entry),
    note: noteOf(entry),
    all: JSON.stringify(told, null, 2),
  };
}
