// Groups: made, joined and left, with an Official Account invited or sent away.
import * as api from './api.js';
import { face, h, icon, openSheet, toast } from './dom.js';
import { t } from './i18n.js';

/** Does it and tells why not; afterwards the lists are read again. */
async function attempt(doing, done) {
  try {
    await done(await doing());
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    toast(error.words);
  }
}

/** @param {{state: object, done: (id: string) => void}} deps */
export function makeGroup({ state, done }) {
  openSheet(t('newGroup'), t('close'), close => {
    const name = h('input', { required: true, maxlength: 50, value: t('groupNameExample'), 'data-testid': 'group-name' });
    const others = state.people.filter(person => person.id !== state.me.id).map(person => ({
      person, box: h('input', { type: 'checkbox', 'data-testid': `group-member-${person.id}` }),
    }));
    const account = h('select', { 'data-testid': 'group-account' }, state.accounts.map(one => h('option', { value: one.botId }, one.name)));
    const submit = event => {
      event.preventDefault();
      close();
      const members = [state.me.id, ...others.filter(({ box }) => box.checked).map(({ person }) => person.id)];
      attempt(() => api.makeGroup({ name: name.value, members, botId: account.value }), made => done(made.id));
    };
    return h('form', { onsubmit: submit },
      h('label', null, t('groupName'), name),
      h('fieldset', { class: 'members' }, h('legend', null, t('groupMembers')), others.map(({ person, box }) => h('label', { class: 'member' }, box, face(person.name, person.avatarUrl), person.name))),
      h('label', null, t('groupAccount'), account),
      h('button', { class: 'primary', 'data-testid': 'group-make' }, t('groupMake')));
  });
}

/** Who is in the group, and what may be changed about it. @param {{group: object, state: object, changed: Function, left: Function}} deps */
export function groupSheet({ group, state, changed, left }) {
  const account = state.accounts.find(one => one.botId === group.botId);
  openSheet(group.name, t('close'), close => {
    const act = (label, drawing, testId, doing, after) => h('button', { type: 'button', class: 'quiet', 'data-testid': testId, onclick: () => { close(); attempt(doing, after); } }, icon(drawing), label);
    const inside = state.people.filter(person => group.members.includes(person.id));
    const outside = state.people.filter(person => !group.members.includes(person.id));
    return [
      h('ul', { class: 'members' }, inside.map(person => h('li', { class: 'member' }, face(person.name, person.avatarUrl), person.name))),
      ...outside.map(person => act(t('groupAdd', { name: person.name }), 'add', `group-add-${person.id}`, () => api.joinGroup(group.id, person.id), changed)),
      account
        ? act(t('groupSendAway', { name: account.name }), 'block', 'group-part', () => api.partAccount(group.id, account.botId), left)
        : invitation(group, state, act, changed),
      act(t('groupLeave'), 'leave', 'group-leave', () => api.leaveGroup(group.id, state.me.id), left),
    ].flat();
  });
}

const invitation = (group, state, act, changed) => state.accounts.map(account =>
  act(t('groupInvite', { name: account.name }), 'add', `group-invite-${account.botId}`, () => api.inviteAccount(group.id, account.botId), changed));
