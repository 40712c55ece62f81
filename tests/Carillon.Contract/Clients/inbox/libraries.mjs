// Calls every method of the official libraries, against the server and with the key that are its arguments. Prints for each library
// what became of each method and what was told, as JSON.
import { Application, buttons, until } from './application.mjs';
import { watch } from './watch.mjs';

const [server, key] = process.argv.slice(2);
const application = new Application(server, key);
const applicationIdentifier = await application.identifier();
const greeting = await application.workflow('Greeting', { tags: ['social'], ...buttons });
const offer = await application.workflow('Offer', { tags: ['shop', 'shop/'], content: 'Buy {{name}}' });
const at = { applicationIdentifier, backendUrl: server, socketUrl: server };

const expect = (what, actual, expected) => {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
};

// Of routes that came after those of v1: to delete, snooze and mark as seen, to change many preferences in one, and topics and channels of
// one's own. Nothing answers there, so the components do without.
const later = /^(seen|delete|snooze|unsnooze|bulkUpdate|markAsSeen|triggerHelloWorld|fetchGlobalPreferences)|Subscription|Channel|OAuth/;

async function js(library, subscriberId) {
  const { Novu } = await import(library);
  const report = {};
  const of = (name, thing) => watch(Object.getPrototypeOf(thing), (report[name] = {}));

  // The session is opened while the object is made, so the classes are known from another one.
  const scout = new Novu({ ...at, subscriberId: 'scout' });
  of('Notifications', scout.notifications);
  of('Preferences', scout.preferences);
  of('InboxService', scout.notifications._inboxService);
  const novu = new Novu({ ...at, subscriberId, useCache: false });

  const told = [];
  const hear = (name, show) => novu.on(`notifications.${name}`, ({ result }) => told.push(`${name} ${show(result)}`));
  hear('notification_received', (notification) => `${notification.body} ${notification.primaryAction?.label} ${notification.tags}`);
  hear('unseen_count_changed', String);
  hear('unread_count_changed', String);
  await until('a socket', async () => (await application.call('GET', `/v1/subscribers/${subscriberId}`).catch(() => {}))?.isOnline);

  await application.trigger(greeting, subscriberId, { name: 'Ann' });
  await until('three events', () => told.length >= 3);
  await application.trigger(offer, subscriberId, { name: 'shoes' });
  await until('six events', () => told.length >= 6);
  const events = told.slice(0, 6);

  const { notifications, preferences } = novu;
  const data = (result) => {
    if (result.error) throw result.error;
    return result.data;
  };
  const bodies = async (filter) => data(await notifications.list(filter)).notifications.map((one) => one.body);
  const count = async (filter) => data(await notifications.count(filter)).count;

  const [, hello] = data(await notifications.list()).notifications;
  of('Notification', hello);
  expect('all', await bodies(), ['Buy shoes', 'Hello Ann']);
  expect('by tag', await bodies({ tags: ['social'] }), ['Hello Ann']);
  expect('a page', await bodies({ limit: 1, offset: 1 }), ['Hello Ann']);
  expect('buttons', [hello.primaryAction.label, hello.secondaryAction.label], ['Accept', 'Refuse']);
  expect('unread', await count({ read: false }), 2);
  expect('counts', data(await notifications.count({ filters: [{ tags: ['shop'] }, { archived: true }] })).counts.map((one) => one.count), [1, 0]);

  expect('read', data(await hello.read()).isRead, true);
  expect('unread again', data(await hello.unread()).isRead, false);
  expect('archived', data(await hello.archive()).isArchived, true);
  expect('no longer archived', data(await hello.unarchive()).isArchived, false);
  expect('accepted', data(await hello.completePrimary()).primaryAction.isCompleted, true);
  expect('taken back', data(await hello.revertPrimary()).primaryAction.isCompleted, false);
  expect('refused', data(await hello.completeSecondary()).secondaryAction.isCompleted, true);
  expect('taken back too', data(await hello.revertSecondary()).secondaryAction.isCompleted, false);
  const stop = hello.on('notification.read.pending', () => {});
  hello.off('notification.read.pending', () => {});
  stop();

  const notificationId = hello.id;
  for (const name of ['read', 'unread', 'archive', 'unarchive', 'completePrimary', 'revertPrimary', 'completeSecondary', 'revertSecondary'])
    data(await notifications[name]({ notificationId }));
  data(await notifications.readAll({ tags: ['social'] }));
  expect('read by tag', await count({ read: false }), 1);
  data(await notifications.archiveAllRead());
  expect('left', await bodies({ archived: false }), ['Buy shoes']);
  data(await notifications.archiveAll({ tags: ['shop'] }));
  expect('nothing left', await bodies({ archived: false }), []);
  expect('in the archive', await count({ archived: true }), 2);
  notifications.clearCache();

  const all = data(await preferences.list());
  of('Preference', all[0]);
  expect('levels', all.map((one) => one.workflow?.name ?? one.level).sort(), ['Greeting', 'Offer', 'global']);
  // The library ends its query with a slash, so it asks for a tag of that name.
  expect('by tag', data(await preferences.list({ tags: ['shop'] })).map((one) => one.workflow?.name ?? one.level), ['global', 'Offer']);
  expect('one off', data(await all.find((one) => one.workflow?.name === 'Offer').update({ channels: { in_app: false } })).channels.in_app, false);
  await application.trigger(offer, subscriberId, { name: 'hats' });
  await application.trigger(greeting, subscriberId, { name: 'again' });
  await until('what is still wanted', async () => (await bodies({ archived: false })).length);
  expect('what was not wanted', await bodies({ archived: false }), ['Hello again']);
  expect('all off', data(await all[0].update({ channels: { in_app: false } })).channels.in_app, false);
  if (preferences.update) expect('all on', data(await preferences.update({ channels: { in_app: true }, preference: all[0] })).channels.in_app, true);
  novu.off('notifications.unread_count_changed', () => {});
  return { events, report: ofFirstVersion(report) };
}

function ofFirstVersion(report) {
  for (const methods of Object.values(report)) {
    for (const name of Object.keys(methods)) if (later.test(name)) delete methods[name];
  }
  return report;
}

async function headless(subscriberId) {
  const { HeadlessService } = await import('@novu/headless');
  const report = {};
  const service = new HeadlessService({ ...at, subscriberId, config: { retry: 0 } });
  watch(HeadlessService.prototype, (report.HeadlessService = {}));
  watch(Object.getPrototypeOf(service.api), (report.ApiService = {}));
  const ask = (name, options = {}) => new Promise((resolve, reject) => {
    const failed = (error) => reject(new Error(`${name}: ${error?.message ?? JSON.stringify(error)}`));
    service[name]({ listener: () => {}, onSuccess: resolve, onError: failed, ...options });
  });

  expect('who', typeof (await ask('initializeSession')).token, 'string');
  const told = [];
  service.listenNotificationReceive({ listener: (message) => told.push(`notification_received ${message.content}`) });
  service.listenUnseenCountChange({ listener: (count) => told.push(`unseen_count_changed ${count}`) });
  service.listenUnreadCountChange({ listener: (count) => told.push(`unread_count_changed ${count}`) });
  await until('a socket', async () => (await application.call('GET', `/v1/subscribers/${subscriberId}`)).isOnline);
  await application.trigger(greeting, subscriberId, { name: 'Ann' });
  await until('three events', () => told.length >= 3);
  const events = told.slice(0, 3);
  for (const name of ['shoes', 'hats', 'gloves']) {
    const before = told.length;
    await application.trigger(offer, subscriberId, { name });
    await until('an offer', () => told.length >= before + 3);
  }

  expect('organization', (await ask('fetchOrganization')).name, 'Driving');
  expect('unseen', (await ask('fetchUnseenCount')).count, 4);
  expect('unread', (await ask('fetchUnreadCount')).count, 4);
  const { data: feed } = await ask('fetchNotifications', { query: { limit: 10 } });
  expect('feed', feed.map((one) => one.content), ['Buy gloves', 'Buy hats', 'Buy shoes', 'Hello Ann']);
  const [gloves, hats, shoes, hello] = feed.map((one) => one._id);
  expect('seen', (await ask('markNotificationsAsSeen', { messageId: gloves }))[0].seen, true);
  expect('read', (await ask('markNotificationsAsRead', { messageId: gloves }))[0].read, true);
  expect('unread again', (await ask('markNotificationsAs', { messageId: gloves, mark: { seen: true, read: false } }))[0].read, false);
  expect('accepted', (await ask('updateAction', { messageId: hello, actionButtonType: 'primary', status: 'done' })).cta.action.status, 'done');
  await ask('removeNotification', { messageId: gloves });
  await ask('removeNotifications', { messageIds: [hats] });
  await ask('markAllMessagesAsSeen');
  await ask('markAllMessagesAsRead');
  expect('rest', (await ask('fetchNotifications', { storeId: 'rest', query: { limit: 10 } })).data.map((one) => [one._id, one.seen, one.read]), [[shoes, true, true], [hello, true, true]]);
  await ask('removeAllNotifications');
  expect('none', (await ask('fetchNotifications', { storeId: 'none' })).data, []);

  expect('preferences', (await ask('fetchUserPreferences')).map((one) => one.template.name).sort(), ['Greeting', 'Offer']);
  expect('all', (await ask('fetchUserGlobalPreferences'))[0].preference.enabled, true);
  const off = await ask('updateUserPreferences', { templateId: offer._id, channelType: 'in_app', checked: false });
  expect('one off', off.preference.channels.in_app, false);
  await ask('updateUserGlobalPreferences', { preferences: [{ channelType: 'in_app', enabled: false }] });

  // What the service has no use for.
  const { api } = service;
  await api.getTabCount();
  await api.getPreferences({ level: 'template' });
  await api.postUsageLog('opened', {});
  await api.markMessageAs(hello, { seen: true });
  await api.markMessagesAs({ messageId: [hello], markAs: 'read' });
  api.disposeAuthorizationToken();
  return { events, report };
}

console.log(JSON.stringify({
  '@novu/js 2.6': await js('@novu/js', 'ann'),
  '@novu/js 3.5': await js('@novu/js-3', 'eve'),
  '@novu/js 3.19': await js('@novu/js-3.19', 'joe'),
  '@novu/headless 2.0': await headless('bob'),
}));
process.exit(0);
