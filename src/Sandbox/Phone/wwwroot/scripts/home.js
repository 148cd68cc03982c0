// The first screen: whose phone it is, search, friends, accounts to discover.
import { face, h, icon, openSheet } from './dom.js';
import { clock, dayName, language, sameDay, t } from './i18n.js';
import { preview } from './bubbles.js';

const fold = text => (text ?? '').normalize('NFKC').toLowerCase();

/** @param {{state: object, open: Function, openGroup: Function, newGroup: Function, become: Function, refresh: Function}} deps */
export function home({ state, open, openGroup, newGroup, become, refresh }) {
  const lists = h('div', { class: 'lists' });
  const search = h('input', { type: 'search', placeholder: t('search'), 'aria-label': t('search'), oninput: () => draw(), autocomplete: 'off', enterkeyhint: 'search' });
  const me = h('button', { type: 'button', class: 'me', 'data-testid': 'person-switch', 'aria-haspopup': 'dialog', onclick: () => choosePerson(state, become) },
    face(state.me.name, state.me.avatarUrl), h('span', { class: 'visually-hidden' }, `${t('iAm')} `), h('b', null, state.me.name), icon('down'));
  const element = h('div', { class: 'home' },
    h('div', { class: 'home-top' }, h('h2', null, t('chats')), me),
    h('div', { class: 'search', role: 'search' }, icon('search'), search),
    lists);

  function draw() {
    const query = fold(search.value.trim());
    const found = state.accounts.filter(account => [account.name, account.englishName, account.basicId].some(text => fold(text).includes(query)));
    const friends = found.filter(account => account.friend !== 'none').sort(latestFirst);
    const strangers = found.filter(account => account.friend === 'none');
    lists.replaceChildren(...[
      section(t('myChats'), friends),
      groupSection(query),
      section(t('discover'), strangers),
      state.accounts.length === 0 ? nothing('quiet', t('noAccounts'), t('noAccountsHint')) : null,
      state.accounts.length > 0 && found.length === 0 ? notFound() : null,
    ].flat().filter(Boolean));
  }

  const section = (title, accounts) => accounts.length === 0 ? [] : [h('h3', null, title), h('ul', null, accounts.map(row))];

  function groupSection(query) {
    const found = state.groups.filter(group => fold(group.name).includes(query));
    if (state.accounts.length === 0 || query !== '' && found.length === 0) return [];
    return [h('h3', null, t('groups')), h('ul', null, found.map(groupRow),
      h('li', { class: 'row' }, h('button', { type: 'button', class: 'row-open new-group', 'data-testid': 'new-group', onclick: newGroup }, h('span', { class: 'face' }, icon('plus')), h('span', { class: 'row-text' }, h('b', null, t('newGroup'))))))];
  }

  const groupRow = group => h('li', { class: 'row' },
    h('button', { type: 'button', class: 'row-open', 'data-testid': `group-row-${group.id}`, onclick: () => openGroup(group) },
      face(group.name, group.avatarUrl),
      h('span', { class: 'row-text' }, h('b', null, group.name), h('span', null, group.lastMessage ? preview(group.lastMessage.message) : t('groupMembersCount', { count: group.members.length })))));

  const row = account => h('li', { class: 'row' },
    h('button', { type: 'button', class: 'row-open', 'data-testid': `account-row-${account.botId}`, onclick: () => open(account) },
      face(account.name, account.avatarUrl, 'account'),
      h('span', { class: 'row-text' }, h('b', null, account.name), h('span', null, account.lastMessage ? preview(account.lastMessage.message) : plainName(account))),
      account.friend === 'blocked' ? h('span', { class: 'tag' }, t('blockedTag')) : null,
      account.lastMessage && account.friend === 'friend' ? h('time', { datetime: account.lastMessage.at }, shortTime(new Date(account.lastMessage.at))) : null),
    account.friend === 'none'
      ? h('button', { type: 'button', class: 'quiet small', 'aria-label': t('addName', { name: account.name }), onclick: () => open(account) }, t('add'))
      : null);

  const notFound = () => nothing('search', t('noneFound', { query: search.value.trim() }), t('noneFoundHint'),
    h('button', { type: 'button', class: 'quiet', onclick: () => { search.value = ''; draw(); search.focus(); } }, t('showAll')));

  draw();
  const refreshWhenSeen = () => { if (!document.hidden) refresh(); };
  document.addEventListener('visibilitychange', refreshWhenSeen);
  return { element, update: draw, close: () => document.removeEventListener('visibilitychange', refreshWhenSeen) };
}

const latestFirst = (one, other) => (other.lastMessage?.at ?? '').localeCompare(one.lastMessage?.at ?? '');
/** What stands under an account's name: its ID, and for readers of another language its English name. */
export const plainName = account => [account.basicId, language() === 'zh-TW' ? null : account.englishName].filter(Boolean).join(' · ');
const shortTime = at => sameDay(at, new Date()) ? clock(at) : dayName(at);

function choosePerson(state, become) {
  openSheet(t('whoAmI'), t('close'), close => [
    h('p', { class: 'hint' }, t('whoAmIHint')),
    h('div', { class: 'choices', role: 'radiogroup', 'aria-label': t('whoAmI') }, state.people.map(person =>
      h('button', {
        type: 'button', class: 'row-open', role: 'radio', 'aria-checked': String(person.id === state.me.id), 'data-testid': `person-${person.id}`,
        onclick: () => { close(); become(person); },
      }, face(person.name, person.avatarUrl), h('span', { class: 'row-text' }, h('b', null, person.name), h('span', null, nameOf(person.language))), icon('check')))),
  ]);
}

const nameOf = tag => {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  } catch (error) {
    if (error instanceof RangeError) return tag ?? ''; // Not a language tag: show what the sandbox has.
    throw error;
  }
};

/** A drawing, a sentence, what to do next, and perhaps one button for it. */
export function nothing(drawing, title, hint, action) {
  return h('div', { class: 'empty' }, h('img', { src: `/phone/pictures/${drawing}.svg`, alt: '' }), h('h3', null, title), h('p', null, hint), action ?? null);
}

export const waiting = () => ({ element: h('div', { class: 'empty', 'aria-busy': 'true' }, h('p', { role: 'status' }, t('loading'))) });

export const trouble = retry => ({
  element: h('div', { class: 'empty', role: 'alert' },
    h('img', { src: '/phone/pictures/offline.svg', alt: '' }), h('h3', null, t('cannotLoad')), h('p', null, t('cannotLoadHint')),
    h('button', { type: 'button', class: 'primary', onclick: retry }, t('retry'))),
});
