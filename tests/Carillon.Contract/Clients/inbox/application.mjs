// What an application does around its inbox, over HTTP with its key: makes workflows, triggers them, and waits.
export class Application {
  constructor(server, key) {
    Object.assign(this, { server, key });
  }

  async call(method, path, body, authorization = `ApiKey ${this.key}`) {
    const answer = await fetch(`${this.server}${path}`, {
      method,
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} from ${method} ${path}: ${text}`);
    return text ? JSON.parse(text).data : undefined;
  }

  async identifier() {
    return (await this.call('GET', '/v1/environments/me')).identifier;
  }

  async workflow(name, { tags = [], content = 'Hello {{name}}', ...step } = {}) {
    const [group] = await this.call('GET', '/v1/notification-groups');
    return this.call('POST', '/v1/workflows', {
      name,
      tags,
      notificationGroupId: group._id,
      active: true,
      steps: [{ active: true, template: { type: 'in_app', content, ...step } }],
    });
  }

  trigger(workflow, subscriberId, payload = {}) {
    return this.call('POST', '/v1/events/trigger', { name: workflow.triggers[0].identifier, to: { subscriberId }, payload });
  }
}

export const buttons = {
  cta: {
    type: 'redirect',
    data: { url: '' },
    action: { buttons: [{ type: 'primary', content: 'Accept' }, { type: 'secondary', content: 'Refuse' }] },
  },
};

/** Asks again and again, because what is waited for happens elsewhere. */
export async function until(what, question, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await question();
    if (answer) return answer;
  }
  throw new Error(`In vain: ${what}`);
}
