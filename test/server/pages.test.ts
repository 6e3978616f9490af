import { expect } from 'chai';
import { html } from '../../runtime/server/pages/html.js';
import { afterForm, safeNext } from '../../runtime/server/pages/next.js';

describe('pages', () => {
  it('escape every value, in text and in attributes', () => {
    const hostile = `<script>alert("1")</script>'&`;
    expect(html`<p title="${hostile}">${[hostile, html`<b>${1}</b>`, false, undefined]}</p>`.markup).to.equal(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;<b>1</b></p>',
    );
  });

  it('fault 15: go on to a path of this server and nowhere else (RFC 9700 §4.11)', () => {
    for (const next of ['/', '/password', '/oauth/authorize/Crm?credential=service:robot', '/a/b?c=%2F%2Fd']) {
      expect(safeNext(next)).to.equal(next);
    }
    const hostile = [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/\n/evil.example',
      '/..//evil.example',
      '/.//evil.example',
      '',
      'evil',
      '/x\\..\\..\\\\evil',
      null,
      undefined,
    ];
    for (const next of hostile) expect(safeNext(next), String(next)).to.equal('/');
  });

  it('end the chain of redirects after a form before it leads to a provider', () => {
    expect(afterForm('/password')).to.equal('/password');
    expect(afterForm('/oauth/authorize/Crm')).to.equal('/sign-in/continue?next=%2Foauth%2Fauthorize%2FCrm');
  });
});
