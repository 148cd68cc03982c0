// Starts the page: who the phone belongs to, which chat is open, and the time line beside it.
import * as api from './api.js';
import { announce, h, icon } from './dom.js';
import { applyLanguage, language, languages, setLanguage, t } from './i18n.js';
import { home, trouble, waiting } from './home.js';
import { chat } from './chat.js';
import { groupSheet, makeGroup } from './groups.js';
import { timeline } from './timeline.js';

const rememberedPerson = 'phone.person';
const holderCookie = 'line-sandbox-phone';
const place = name => document.getElementById(name);
const state = { people: [], me: null, accounts: [], groups: [], account: null, group: null, drafts: new Map() };
let shown = null;   // What fills the screen now, with its way to stop listening.
const steps = timeline(place('timeline'));

function address() {
  const asked = new URLSearchParams(location.search);
  return { person: asked.get('as'), bot: asked.get('oa'), group: asked.get('group') };
}

function remember(replace) {
  const query = new URLSearchParams(location.search);
  query.set('as', state.me.id);
  if (state.account) query.set('oa', state.account.botId);
  else query.delete('oa');
  if (state.group) query.set('group', state.group.id);
  else query.delete('group');
  const url = `${location.pathname}?${query}`;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  localStorage.setItem(rememberedPerson, state.me.id);
  document.cookie = `${holderCookie}=${encodeURIComponent(state.me.id)}; path=/dialog; samesite=lax`; // LINE's own pages know who is in its browser.
}

function show(view) {
  shown?.close?.();
  shown = view;
  place('screen').replaceChildren(view.element);
}

function showHome() {
  state.account = null;
  state.group = null;
  steps.follow(null, state.me);
  const newGroup = () => makeGroup({ state, done: async id => { await loadAccounts(); openGroup(state.groups.find(group => group.id === id)); } });
  show(home({ state, open: account => openChat(account), openGroup, newGroup, become, refresh: loadAccounts }));
}

function showChat(account, group = null) {
  state.account = account;
  state.group = group;
  steps.follow(account, { ...state.me, id: group?.id ?? state.me.id });
  show(chat({ account, person: state.me, people: state.people, group, openGroup: () => showGroup(group), drafts: state.drafts, back: leaveChat, follow, active: steps.activeIs }));
}

function openChat(account, group = null) {
  showChat(account, group);
  remember(false);
}

/** A group with an account in it is a chat; one without can only be given one. */
function openGroup(group) {
  const account = state.accounts.find(one => one.botId === group?.botId);
  if (account) openChat(account, group);
  else if (group) showGroup(group);
}

function showGroup(group) {
  const changed = async () => {
    await loadAccounts();
    openGroup(state.groups.find(one => one.id === group.id));
  };
  groupSheet({ group, state, changed, left: leaveChat });
}

async function leaveChat() {
  showHome();
  remember(false);
  await loadAccounts();
}

async function follow(account) {
  await api.follow(account.botId, state.me.id);
  announce(`${t('addFriend')}: ${account.name}`);
}

async function become(person) {
  Object.assign(state, { me: person, groups: [] });
  showHome();
  remember(true);
  await loadAccounts();
}

/** Reads the accounts again as this person sees them, and redraws the list if it is what is shown. */
async function loadAccounts() {
  const asked = state.me;
  try {
    const [accounts, groups] = await Promise.all([api.accounts(asked.id), api.groups(asked.id)]);
    if (asked !== state.me) return; // Another person has the phone by now.
    Object.assign(state, { accounts, groups });
    if (!state.account) shown?.update?.();
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    if (!state.account) show(trouble(start));
  }
}

/** Loads people and accounts, then opens what the address names: /phone?as={personId}&oa={botId}. */
async function start() {
  show(waiting());
  try {
    const asked = address();
    state.people = await api.people();
    const wanted = asked.person ?? localStorage.getItem(rememberedPerson);
    state.me = state.people.find(person => person.id === wanted)
      ?? state.people.find(person => person.language.split('-')[0] === language().split('-')[0]) // A newcomer gets the phone of somebody who speaks as they do.
      ?? state.people[0];
    [state.accounts, state.groups] = await Promise.all([api.accounts(state.me.id), api.groups(state.me.id)]);
    openAddressed();
    remember(true);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    show(trouble(start));
  }
}

function openAddressed() {
  const account = state.accounts.find(one => one.botId === address().bot);
  const group = state.groups.find(one => one.id === address().group && one.botId === account?.botId);
  if (account) showChat(account, group ?? null);
  else showHome();
}

function drawBar() {
  const chooseView = view => {
    document.body.dataset.view = view;
    for (const button of views.children) button.setAttribute('aria-pressed', String(button.dataset.view === view));
  };
  const view = name => h('button', { type: 'button', 'data-view': name, onclick: () => chooseView(name) }, t(name));
  const views = h('div', { class: 'switch', role: 'group', 'aria-label': t('view') }, view('phone'), view('timeline'));
  const select = h('select', { 'aria-label': t('language'), onchange: event => redraw(event.target.value) },
    languages.map(([tag, name]) => h('option', { value: tag, lang: tag, selected: tag === language() }, name)));
  place('bar').replaceChildren(
    h('h1', { class: 'brand' }, h('img', { src: '/phone/pictures/icon.svg', alt: '' }), h('span', { class: 'brand-words' }, 'Module Market', h('small', null, t('tagline')))),
    h('div', { class: 'push' }),
    views,
    h('label', { class: 'language' }, icon('globe'), select));
  chooseView(document.body.dataset.view ?? 'phone');
}

function redraw(tag) {
  setLanguage(tag);
  const query = new URLSearchParams(location.search);
  query.delete('lang'); // The choice made by hand is newer than the link's.
  history.replaceState(null, '', `${location.pathname}?${query}`);
  drawPage();
  place('bar').querySelector('select').focus();
}

function drawPage() {
  applyLanguage();
  drawBar();
  place('phone').setAttribute('aria-label', t('phone'));
  steps.redraw();
  if (!state.me) return;
  if (state.account) showChat(state.account, state.group);
  else showHome();
}

window.addEventListener('popstate', () => {
  const { person } = address();
  state.me = state.people.find(one => one.id === person) ?? state.me;
  if (!state.me) return;
  openAddressed();
  loadAccounts();
});

drawPage();
await start();
