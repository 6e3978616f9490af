import type { Upstream, UpstreamRequest, UpstreamResponse } from '../../../brokers/http/upstream.js';
import type { TraceStep } from '../../../config/model/token-trace.js';
import { Redaction } from './redact.js';
import { type OpenTrace, openTrace } from './tracer.js';

/**
 * The transport to a provider, noting each request and answer in the record of the flow that sends it.
 *
 * @param secretNames gives the names of the parameters that the resource type marks as secrets
 */
export function tracedUpstream(upstream: Upstream, secretNames: () => Promise<ReadonlySet<string>>): Upstream {
  return {
    async send(request) {
      const trace = openTrace();
      if (trace === undefined) return await upstream.send(request);
      const marked = await secretNames().catch(() => undefined);
      // What is to be masked is not known while the store is away; the request itself is not held up by that.
      if (marked === undefined) return await upstream.send(request);
      const noting = new Noting(trace, request, new Redaction(marked));
      try {
        return noting.answered(await upstream.send(request));
      } catch (error) {
        noting.failed(error);
        throw error;
      }
    },
  };
}

/** One request on its way into the record. */
class Noting {
  readonly #trace: OpenTrace;
  readonly #redaction: Redaction;
  readonly #request: TraceStep['request'];
  readonly #after: number;

  constructor(trace: OpenTrace, { method, url, headers, body }: UpstreamRequest, redaction: Redaction) {
    this.#trace = trace;
    this.#redaction = redaction;
    this.#after = trace.elapsed();
    const contentType = [headers['content-type'] ?? ''].flat().join();
    // The parameters come first: what they hold is then found wherever else it stands.
    const parameters = redaction.body(body, contentType);
    this.#request = { method, url: redaction.url(url), headers: redaction.headers(headers), parameters };
  }

  /** The answer, which is noted when its body is taken. */
  answered(answer: UpstreamResponse): UpstreamResponse {
    const taken = async <T extends string | Buffer>(body: Promise<T>): Promise<T> => {
      try {
        const content = await body;
        this.#note(answer, String(content));
        return content;
      } catch (error) {
        this.failed(error);
        throw error;
      }
    };
    return {
      status: answer.status,
      headers: answer.headers,
      url: answer.url,
      text: () => taken(answer.text()),
      bytes: () => taken(answer.bytes()),
      stream: () => {
        this.#note(answer, '');
        return answer.stream();
      },
      discard: () => {
        this.#note(answer, '');
        answer.discard();
      },
    };
  }

  failed(error: unknown): void {
    this.#step({ failure: error instanceof Error ? error.message : 'no answer' });
  }

  #note({ status, headers }: UpstreamResponse, text: string): void {
    const fields = this.#redaction.fields(text);
    const media = /^[\w.+-]+\/[\w.+-]+/.exec([headers['content-type'] ?? ''].flat().join())?.[0] ?? 'no media type';
    // A body that is no set of fields might be anything, a token too: only its kind and size are told.
    const what =
      fields === undefined || fields.length === 0 ? { body: `${media}, ${text.length} characters` } : { fields };
    this.#step({ answer: { status, headers: this.#redaction.headers(headers), ...what } });
  }

  #step(end: Pick<TraceStep, 'answer' | 'failure'>): void {
    const ms = this.#trace.elapsed() - this.#after;
    this.#trace.step({ after: this.#after, ms, request: this.#request, ...end });
  }
}
