// Subscribers and topics.
import assert from 'node:assert/strict';

async function subscribers({ novu: { subscribers, integrations }, owner }) {
  const made = (await subscribers.identify('ann', { firstName: 'Ann', email: 'ann@example.com', locale: 'en-GB', data: { plan: 'gold' } })).data.data;
  assert.deepEqual([made.subscriberId, made.locale, made.data], ['ann', 'en-GB', { plan: 'gold' }]);
  const several = (await subscribers.bulkCreate([{ subscriberId: 'ann', lastName: 'Lee' }, { subscriberId: 'bob' }, { subscriberId: 'eve' }])).data.data;
  assert.deepEqual([several.updated, several.created, several.failed], [
    [{ subscriberId: 'ann' }], [{ subscriberId: 'bob' }, { subscriberId: 'eve' }], [],
  ]);
  await subscribers.update('ann', { phone: '+4912345' });
  const { firstName, lastName, phone } = (await subscribers.get('ann')).data.data;
  assert.deepEqual([firstName, lastName, phone], ['Ann', 'Lee', '+4912345']);

  const page = (await subscribers.list(0, 2)).data;
  assert.deepEqual([page.page, page.pageSize, page.hasMore, page.data.length], [0, 2, true, 2]);
  await subscribers.delete('eve');
  await assert.rejects(subscribers.get('eve'), { status: 404 });
  assert.equal((await subscribers.list()).data.data.length, 2);

  const chat = (await integrations.getAll()).data.data.find((one) => one.providerId === 'discord');
  await subscribers.setCredentials('ann', 'discord', { webhookUrl: 'https://chat.example.com/ann', deviceTokens: ['one'] }, chat.identifier);
  const credentials = async () => (await subscribers.get('ann')).data.data.channels.map((channel) => channel.credentials);
  assert.deepEqual(await credentials(), [{ webhookUrl: 'https://chat.example.com/ann', deviceTokens: ['one'] }]);
  await subscribers.unsetCredentials('ann', 'discord');
  assert.deepEqual((await credentials())[0].deviceTokens, []);
  assert.equal((await subscribers.deleteCredentials('ann', 'discord')).status, 204);
  assert.deepEqual(await credentials(), []);
  assert.equal(made._environmentId, owner.development._id);

  // The client sends `online` where the API has always wanted `isOnline`.
  await assert.rejects(subscribers.updateOnlineStatus('ann', true), { status: 400 });
}

async function preferences({ novu: { subscribers, notificationTemplates } }) {
  const workflowId = (await notificationTemplates.getAll()).data.data[0]._id;
  const channels = async () => (await subscribers.getPreference('ann')).data.data.map((item) => item.preference.channels);
  assert.deepEqual(await channels(), [{ in_app: true }]);

  const changed = (await subscribers.updatePreference('ann', workflowId, { channel: { type: 'in_app', enabled: false } })).data.data;
  assert.equal(changed.template._id, workflowId);
  assert.deepEqual(await channels(), [{ in_app: false }]);
  const all = (await subscribers.getPreference('ann', { includeInactiveChannels: true })).data.data[0].preference.channels;
  assert.deepEqual(all, { email: true, sms: true, in_app: false, chat: true, push: true });
  assert.deepEqual((await subscribers.getPreference('ann', { includeInactiveChannels: false })).data.data[0].preference.channels, { in_app: false });
  assert.equal((await subscribers.getPreferenceByLevel('ann', 'template')).data.data[0].preference.channels.in_app, false);
  await subscribers.updatePreference('ann', workflowId, { channel: { type: 'in_app', enabled: true } });

  await subscribers.updateGlobalPreference('ann', { enabled: true, preferences: [{ type: 'email', enabled: false }] });
  const [everything] = (await subscribers.getGlobalPreference('ann')).data.data;
  assert.deepEqual([everything.preference.enabled, everything.preference.channels.email, everything.preference.channels.sms], [true, false, true]);
}

async function topics({ novu: { topics } }) {
  const { _id, key } = (await topics.create({ key: 'news', name: 'News' })).data.data;
  assert.equal(key, 'news');
  const added = (await topics.addSubscribers('news', { subscribers: ['ann', 'bob', 'nobody'] })).data.data;
  assert.deepEqual(added, { succeeded: ['ann', 'bob'], failed: { notFound: ['nobody'] } });
  const topic = (await topics.get('news')).data.data;
  assert.deepEqual([topic._id, topic.name, topic.subscribers], [_id, 'News', ['ann', 'bob']]);

  assert.equal((await topics.getSubscriber('news', 'ann')).data.data.externalSubscriberId, 'ann');
  assert.equal((await topics.checkSubscriber('news', 'bob')).data.data.topicKey, 'news');
  assert.equal((await topics.removeSubscribers('news', { subscribers: ['bob'] })).status, 204);
  await assert.rejects(topics.checkSubscriber('news', 'bob'), { status: 404 });

  assert.equal((await topics.rename('news', 'All the news')).data.data.name, 'All the news');
  await topics.create({ key: 'gossip', name: 'Gossip' });
  assert.equal((await topics.list({ page: 0, pageSize: 1 })).data.totalCount, 2);
  assert.deepEqual((await topics.list({ key: 'news' })).data.data.map((one) => one.name), ['All the news']);
  assert.equal((await topics.delete('gossip')).status, 204);
  await assert.rejects(topics.delete('news'), { status: 409 });
  await assert.rejects(topics.get('gossip'), { status: 404 });
}

// One builds on the other.
export default [subscribers, preferences, topics];
