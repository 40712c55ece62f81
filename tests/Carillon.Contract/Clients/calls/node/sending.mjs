// Events, what comes of them, and the inbox of a subscriber.
import assert from 'node:assert/strict';
import { Novu } from '@novu/node';
import { until } from '../harness.mjs';

const content = (page) => page.data.data.map((message) => message.content);

async function received(subscribers, subscriberId, count) {
  return until(async () => {
    const page = (await subscribers.getNotificationsFeed(subscriberId, { page: 0, limit: 100 })).data;
    return page.data.length === count && page.data;
  }, `${count} messages of ${subscriberId}`);
}

async function events({ novu, address, owner }) {
  const { events, subscribers } = novu;
  const triggered = (await novu.trigger('greeting', { to: 'ann', payload: { who: 'one' }, transactionId: 'first' })).data.data;
  assert.deepEqual(triggered, { acknowledged: true, status: 'processed', transactionId: 'first' });
  await events.trigger('greeting', {
    to: [{ subscriberId: 'ann', firstName: 'Anna' }], payload: { who: 'two' }, overrides: {}, tenant: 'north', actor: 'bob',
  });
  await events.trigger('greeting', { to: [{ type: 'Topic', topicKey: 'news' }], payload: { who: 'three' } });
  assert.equal((await received(subscribers, 'ann', 3)).filter((message) => message.content.startsWith('Good morning')).length, 3);
  assert.equal((await subscribers.get('ann')).data.data.firstName, 'Anna');

  const each = [{ name: 'greeting', to: 'ann', payload: { who: 'four' } }, { name: 'greeting', to: 'bob', payload: { who: 'Bob' } }];
  assert.deepEqual((await novu.bulkTrigger(each)).data.data.map((one) => one.status), ['processed', 'processed']);
  await events.bulkTrigger([{ name: 'greeting', to: 'ann', payload: { who: 'five' } }]);
  assert.equal((await novu.broadcast('greeting', { payload: { who: 'all' }, transactionId: 'all', tenant: 'north' })).data.data.status, 'processed');
  await events.broadcast('greeting', { payload: { who: 'all again' } });
  const bobs = await received(subscribers, 'bob', 3);
  assert.deepEqual(bobs.map((message) => message.content).sort(), ['Good morning Bob', 'Good morning all', 'Good morning all again']);
  await received(subscribers, 'ann', 7);

  assert.equal((await events.cancel('first')).data.data, false, 'nothing of it is left to stop');
  assert.equal((await events.cancel('never sent').catch((error) => error.response)).data.data, false);
  assert.equal(novu.buildBackendUrl({ backendUrl: address }), `${address}/v1`);

  // With retries the client sends an idempotency key of its own with each call.
  const persistent = new Novu({ secretKey: owner.apiKey, backendUrl: address, retryConfig: { retryMax: 1 } });
  await persistent.events.trigger('greeting', { to: 'bob', payload: { who: 'once' } });
  assert.equal((await received(subscribers, 'bob', 4)).length, 4);
}

async function inbox({ novu: { subscribers } }) {
  const messages = await received(subscribers, 'ann', 7);
  const ids = messages.map((message) => message._id);
  const unseen = async (seen) => (await subscribers.getUnseenCount('ann', seen)).data.data.count;
  assert.deepEqual([await unseen(false), await unseen(true)], [7, 0]);

  await subscribers.markMessageSeen('ann', ids[0]);
  assert.deepEqual([await unseen(false), await unseen(true)], [6, 1]);
  const [read] = (await subscribers.markMessageRead('ann', ids[1])).data.data;
  assert.equal(read.read, true);
  await subscribers.markMessageAs('ann', ids.slice(2, 4), { seen: true, read: true });
  assert.equal((await subscribers.getNotificationsFeed('ann', { read: true })).data.data.length, 3);
  assert.deepEqual(content(await subscribers.getNotificationsFeed('ann', { payload: { who: 'one' } })), ['Good morning one']);

  assert.equal((await subscribers.markAllMessagesAs('ann', 'seen')).data.data, 4);
  assert.equal(await unseen(false), 0);
  const acted = (await subscribers.markMessageActionSeen('ann', ids[0], 'primary', { status: 'done', payload: { choice: 1 } })).data.data;
  assert.deepEqual([acted.cta.action.status, acted.cta.action.result], ['done', { payload: { choice: 1 }, type: 'primary' }]);
}

async function messages({ novu: { messages, subscribers } }) {
  const page = (await messages.list({ page: 0, limit: 5, subscriberId: 'ann', channel: 'in_app' })).data;
  assert.deepEqual([page.totalCount, page.hasMore, page.data.length], [7, true, 5]);
  assert.equal((await messages.list({ page: 1, limit: 5, subscriberId: 'ann' })).data.data.length, 2);
  const [first] = (await messages.list({ transactionIds: ['first'] })).data.data;
  assert.equal(first.content, 'Good morning one');

  assert.deepEqual((await messages.deleteById(first._id)).data.data, { acknowledged: true, status: 'deleted' });
  assert.equal((await messages.list({ transactionIds: ['first'] })).data.totalCount, 0);
  assert.equal((await messages.deleteByTransactionId('all')).status, 204);
  assert.equal((await received(subscribers, 'ann', 5)).length, 5);
}

async function executionDetails({ novu: { executionDetails, messages } }) {
  const [message] = (await messages.list({ subscriberId: 'bob' })).data.data;
  const details = (await executionDetails.get({ notificationId: message._notificationId, subscriberId: 'bob' })).data.data;
  assert.deepEqual([details[0]._notificationId, details.at(-1).detail], [message._notificationId, 'Message sent']);
}

// One builds on the other.
export default [events, inbox, messages, executionDetails];
