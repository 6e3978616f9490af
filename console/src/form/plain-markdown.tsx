import type { ReactNode } from 'react';

/**
 * Stands for `markdown-to-jsx` in the build: the form library makes markup of what it says of a schema that it cannot draw, with
 * names and reasons that are the service's. Here they stay text.
 */
export const Markdown = ({ children }: { readonly children?: ReactNode }) => <>{children}</>;
