/**
 * HTML in a description as Markdown, which is what editors show comments as. Only tags that Markdown has a sign for are
 * replaced; code, and every other tag, stays as it is.
 */
export function markdownOf(text: string): string {
  if (!/<\/?[a-z]/i.test(text)) return text;
  return text
    .split(CODE)
    .map((part, position) => (position % 2 === 1 ? part : replaceTags(part)))
    .join('');
}

/** Fenced code and code spans; the group keeps them in the split. */
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;

function replaceTags(text: string): string {
  return text
    .replace(/<a\s[^<>]*?href="([^"<>\s]*)"[^<>]*>([^<>]*)<\/a>/gi, '[$2]($1)')
    .replace(/<code>([^<>`]*)<\/code>/gi, (_match, code: string) => `\`${decoded(code)}\``)
    .replace(/<(b|strong)>([^<>]*)<\/\1>/gi, '**$2**')
    .replace(/<(i|em)>([^<>]*)<\/\1>/gi, '_$2_')
    .replace(/<br\s*\/?>\n?/gi, '\n')
    .replace(/<\/(?:p|ul|ol)>\s*/gi, '\n\n')
    .replace(/<(?:p|ul|ol)>/gi, '')
    .replace(/<li>\s*/gi, '\n- ')
    .replace(/<\/li>/gi, '');
}

const entities: Readonly<Record<string, string>> = { amp: '&', gt: '>', lt: '<', nbsp: ' ', quot: '"', '#39': "'" };

const decoded = (text: string): string =>
  text.replace(/&(amp|gt|lt|nbsp|quot|#39);/g, (match, name: string) => entities[name] ?? match);
