// Events, messages, the inbox of a subscriber, and the account of what was done.
import assert from 'node:assert/strict';
import { complaints, until } from '../harness.mjs';

const received = (subscribers, subscriberId, count) => until(async () => {
  const { data } = (await subscribers.notifications.feed({ subscriberId, limit: 100 })).result;
  return data.length === count && data;
}, `${count} messages of ${subscriberId}`);

async function events({ novu }) {
  const one = (await novu.trigger({ workflowId: 'greeting', to: 'ann', payload: { name: 'one' }, transactionId: 'first' })).result;
  assert.deepEqual([one.acknowledged, one.status, one.transactionId], [true, 'processed', 'first']);
  await novu.trigger({ workflowId: 'greeting', to: [{ subscriberId: 'ann', firstName: 'Anna' }, { type: 'Topic', topicKey: 'news' }], payload: { name: 'two' } });
  const bulk = (await novu.triggerBulk({ events: [
    { workflowId: 'greeting', to: { subscriberId: 'ann' }, payload: { name: 'three' } }, { workflowId: 'greeting', to: ['bob'], payload: { name: 'Bob' } },
  ] })).result;
  assert.deepEqual(bulk.map((each) => each.status), ['processed', 'processed']);
  assert.equal((await novu.triggerBroadcast({ name: 'greeting', payload: { name: 'all' }, transactionId: 'all' })).result.acknowledged, true);

  const contents = (await received(novu.subscribers, 'ann', 4)).map((message) => message.content);
  assert.deepEqual(contents.sort(), ['Hello all', 'Hello one', 'Hello three', 'Hello two']);
  assert.equal((await novu.subscribers.retrieve('ann')).result.firstName, 'Anna');
  assert.equal((await novu.cancel('first')).result, false, 'nothing of it is left to stop');
}

async function inbox({ novu: { subscribers } }) {
  const [newest, second] = await received(subscribers, 'ann', 4);
  const unseen = async () => (await subscribers.notifications.unseenCount({ subscriberId: 'ann', seen: false })).result.count;
  assert.equal(await unseen(), 4);
  const [marked] = (await subscribers.messages.markAllAs({ messageId: newest.id, markAs: 'read' }, 'ann')).result;
  assert.deepEqual([marked.id, marked.read, marked.seen], [newest.id, true, true]);
  assert.equal(await unseen(), 3);
  const acted = (await subscribers.messages.updateAsSeen({
    subscriberId: 'ann', messageId: second.id, type: 'primary', markMessageActionAsSeenDto: { status: 'done', payload: { choice: 1 } },
  })).result;
  assert.deepEqual([acted.id, acted.cta.action.status], [second.id, 'done']);
  assert.equal((await subscribers.messages.markAll({ markAs: 'seen' }, 'ann')).result, 3);
  assert.equal(await unseen(), 0);
}

async function withoutFeed({ novu, version }) {
  await novu.trigger({ workflowId: 'plain', to: { subscriberId: 'zoe' }, payload: { name: 'Zoe' } });
  await until(async () => (await novu.subscribers.notifications.unseenCount({ subscriberId: 'zoe' }).catch(() => undefined))?.result.count, 'Zoe');

  // In the contract a message that is in no feed has null for one; the client wants a text.
  const { places, answer } = await complaints(novu.subscribers.notifications.feed({ subscriberId: 'zoe' }));
  assert.deepEqual(places, [...(version === '0.6.2' ? ['Result.data._feedId', 'Result.data.cta.data'] : ['Result.data._feedId'])]);
  assert.deepEqual(answer.data.map((message) => [message.content, message._feedId]), [['Hello Zoe', null]]);
}

// In the contract a list of messages says little of a subscriber; version 1.0.0 of the client wants all of it.
async function listed({ novu: { messages }, version }, request) {
  if (version === '0.6.2') return (await messages.retrieve(request)).result;

  const { places, answer } = await complaints(messages.retrieve(request));
  const missing = ['_environmentId', '_organizationId', 'createdAt', 'deleted', 'updatedAt'];
  assert.deepEqual(places, missing.map((name) => `Result.data.subscriber.${name}`));
  return { ...answer, data: answer.data.map((message) => ({ ...message, id: message._id })) };
}

async function messages(world) {
  const { messages, subscribers } = world.novu;
  const page = await listed(world, { subscriberId: 'ann', channel: 'in_app', limit: 3, page: 0 });
  assert.deepEqual([page.page, page.hasMore, page.data.length], [0, true, 3]);
  const [first] = (await listed(world, { transactionId: ['first'] })).data;
  assert.equal(first.transactionId, 'first');
  assert.deepEqual((await messages.delete(first.id)).result, { acknowledged: true, status: 'deleted' });
  assert.deepEqual((await messages.retrieve({ transactionId: ['first'] })).result.data, []);
  await messages.deleteByTransactionId('all', 'in_app');
  await received(subscribers, 'ann', 2);
}

async function notifications({ novu: { notifications } }) {
  // In the contract every job has a digest, and one that gathers nothing has none of a type; the client wants one.
  const list = await complaints(notifications.list({ channels: ['in_app'], subscriberIds: ['bob'], page: 0 }));
  assert.deepEqual(list.places, ['Result.data.jobs.digest.type']);
  assert.deepEqual([list.answer.page, list.answer.hasMore, list.answer.data.length], [0, false, 2]);
  const { places, answer } = await complaints(notifications.retrieve(list.answer.data[0]._id));
  assert.deepEqual(places, ['Result.jobs.digest.type']);
  assert.deepEqual([answer.subscriber.subscriberId, answer.template.name, answer.jobs.length], ['bob', 'Greeting', 1]);
  assert.equal(answer.jobs[0].executionDetails.at(-1).detail, 'Message sent');
  assert.deepEqual((await notifications.list({ transactionId: 'no such' })).result.data, []);

  const stats = (await notifications.stats.retrieve()).result;
  assert.deepEqual([stats.weeklySent, stats.monthlySent], [7, 7]);
  const graph = (await notifications.stats.graph(7)).result;
  assert.deepEqual([graph.at(-1).count, graph.at(-1).templates.length, graph.at(-1).channels], [7, 2, ['in_app']]);
}

// One builds on the other.
export default [events, inbox, withoutFeed, messages, notifications];
