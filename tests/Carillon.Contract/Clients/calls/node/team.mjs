// The environments and the organization. What only a signed-in user may do refuses a key, as the original does.
import assert from 'node:assert/strict';

async function environments({ novu: { environments }, owner }) {
  assert.equal((await environments.getCurrent()).data.data._id, owner.development._id);
  assert.deepEqual((await environments.getAll()).data.data.map((one) => one.name), ['Development', 'Production']);
  assert.deepEqual((await environments.getApiKeys()).data.data.map((one) => one.key), [owner.apiKey]);

  await assert.rejects(environments.create({ name: 'Staging' }), { status: 401 });
  await assert.rejects(environments.updateOne(owner.development._id, { name: 'Sandbox' }), { status: 401 });
  await assert.rejects(environments.regenerateApiKeys(), { status: 401 });
  assert.equal((await environments.getCurrent()).data.data.name, 'Development');
}

async function inboundParse({ novu: { inboundParse } }) {
  assert.deepEqual((await inboundParse.getMxStatus()).data.data, { mxRecordConfigured: false });
}

async function organizations({ novu: { organizations } }) {
  assert.deepEqual((await organizations.list()).data.data.map((one) => one.name), ["Ann's"]);
  assert.equal((await organizations.create({ name: 'Second' })).data.data.name, 'Second');
  assert.deepEqual((await organizations.list()).data.data.map((one) => one.name).sort(), ["Ann's", 'Second']);

  await organizations.rename({ name: 'The shop' });
  const branding = { color: '#ff0000', contentBackground: '#00ff00', fontColor: '#0000ff', fontFamily: 'Inter', logo: 'https://example.com/logo.png' };
  await organizations.updateBranding(branding);
  const mine = (await organizations.getCurrent()).data.data;
  assert.deepEqual([mine.name, mine.branding.color, mine.branding.logo], ['The shop', '#ff0000', 'https://example.com/logo.png']);

  const bob = async () => (await organizations.getMembers()).data.data.find((member) => member.user?.firstName === 'Bob');
  const { _id } = await bob();
  await organizations.updateMemberRole(_id, { role: 'member' });
  assert.deepEqual((await bob()).roles, ['member']);
  await organizations.removeMember(_id);
  assert.equal(await bob(), undefined);
}

// One builds on the other.
export default [environments, inboundParse, organizations];
