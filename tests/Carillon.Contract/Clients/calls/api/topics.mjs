// Topics and who is in them; the two versions of the client know different routes.
import assert from 'node:assert/strict';
import { call } from '../harness.mjs';

async function before({ novu: { topics } }) {
  const made = (await topics.create({ key: 'news', name: 'News' })).result;
  assert.equal(made.key, 'news');
  const added = (await topics.subscribers.assign({ subscribers: ['ann', 'nobody'] }, 'news')).result;
  assert.deepEqual([added.succeeded, added.failed], [['ann'], { notFound: ['nobody'] }]);
  await topics.subscribers.assign({ subscribers: ['bob'] }, 'news');
  assert.equal((await topics.subscribers.retrieve('ann', 'news')).result.externalSubscriberId, 'ann');
  assert.deepEqual((await topics.retrieve('news')).result.subscribers, ['ann', 'bob']);
  await topics.subscribers.remove({ subscribers: ['bob'] }, 'news');
  await assert.rejects(topics.subscribers.retrieve('bob', 'news'), { statusCode: 404 });
  assert.equal((await topics.rename({ name: 'All the news' }, 'news')).result.name, 'All the news');

  await topics.create({ key: 'gossip', name: 'Gossip' });
  const page = (await topics.list({ key: 'news', page: 0, pageSize: 10 })).result;
  assert.deepEqual([page.totalCount, page.data[0].name], [1, 'All the news']);
  await topics.delete('gossip');
  await assert.rejects(topics.retrieve('gossip'), { statusCode: 404 });
}

async function since({ novu: { topics, subscribers } }) {
  const made = (await topics.create({ key: 'news', name: 'News' })).result;
  assert.deepEqual([made.key, made.name], ['news', 'News']);
  assert.deepEqual([(await topics.create({ key: 'news', name: 'The news' })).result.id, (await topics.get('news')).result.name], [made.id, 'The news']);
  assert.equal((await topics.update({ name: 'All the news' }, 'news')).result.name, 'All the news');

  const joined = (await topics.subscriptions.create({ subscriberIds: ['ann', 'bob', 'nobody'] }, 'news')).result;
  assert.deepEqual(joined.data.map((one) => [one.subscriber.subscriberId, one.topic.key]), [['ann', 'news'], ['bob', 'news']]);
  assert.deepEqual(joined.meta, { totalCount: 3, successful: 2, failed: 1 });
  assert.deepEqual(joined.errors.map((one) => [one.subscriberId, one.code]), [['nobody', 'SUBSCRIBER_NOT_FOUND']]);
  assert.equal((await topics.subscribers.retrieve('ann', 'news')).result.externalSubscriberId, 'ann');

  const first = (await topics.subscriptions.list({ topicKey: 'news', limit: 1 })).result;
  assert.deepEqual([first.data.map((one) => one.subscriber.subscriberId), first.previous], [['bob'], null]);
  const second = (await topics.subscriptions.list({ topicKey: 'news', limit: 1, after: first.next })).result;
  assert.deepEqual([second.data.map((one) => one.subscriber.subscriberId), second.next], [['ann'], null]);
  assert.deepEqual((await topics.subscriptions.list({ topicKey: 'news', subscriberId: 'bob' })).result.data.length, 1);
  assert.deepEqual((await subscribers.topics.list({ subscriberId: 'ann' })).result.data.map((one) => one.topic.name), ['All the news']);

  const left = (await topics.subscriptions.delete({ subscriberIds: ['bob', 'nobody'] }, 'news')).result;
  assert.deepEqual([left.data.map((one) => one.subscriber.subscriberId), left.meta], [['bob'], { totalCount: 2, successful: 1, failed: 1 }]);
  assert.deepEqual((await subscribers.topics.list({ subscriberId: 'bob' })).result.data, []);

  await topics.create({ key: 'gossip', name: 'Gossip' });
  await topics.subscriptions.create({ subscriberIds: ['bob'] }, 'gossip');
  assert.deepEqual((await topics.list({ limit: 10 })).result.data.map((one) => one.key).sort(), ['gossip', 'news']);
  assert.deepEqual((await topics.list({ name: 'NEWS' })).result.data.map((one) => one.key), ['news']);
  assert.deepEqual((await topics.list({ key: 'gossip' })).result.data.map((one) => one.name), ['Gossip']);
  assert.deepEqual((await topics.delete('gossip')).result, { acknowledged: true });
  await assert.rejects(topics.get('gossip'), { statusCode: 404 });
}

export default [async function topics(world) {
  await (world.version === '0.6.2' ? before : since)(world);
}];
