/** Paths on a 24 × 24 field, drawn as lines. */
const paths = {
  home: 'M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6h-6v6H5a1 1 0 0 1-1-1z',
  connect: 'M12 5v14M5 12h14',
  service: 'M4 6h16v5H4zM4 14h16v5H4zM8 8.5h.01M8 16.500h.01',
  object: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  form: 'M5 4h14v16H5zM8.500 8.500h7M8.500 12.500h7M8.500 16.500h3',
  key: 'M14.500 9.500a4 4 0 1 1-1.200-2.800 4 4 0 0 1 1.200 2.800zM13.500 12l6.500 6.500M17 15.500l2-2',
  token: 'M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zM9 12l2 2 4-4',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20c0-3.500 2.700-6 6-6s6 2.500 6 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c1.900.9 3 2.900 3 5.500',
  audit: 'M12 7v5l3.500 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600L7 7M17 17l1.400 1.400M5.600 18.400L7 17M17 7l1.400-1.400',
  moon: 'M20 14.500A8 8 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500z',
  auto: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 3v18',
  language: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM3.500 9.500h17M3.500 14.500h17M12 3c-5 5-5 13 0 18 5-5 5-13 0-18',
  person: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c0-4 3.400-6.500 7.500-6.500s7.500 2.500 7.500 6.500',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  alert: 'M12 8.500v4.500M12 16.500h.01M12 3.500l9.500 16.500h-19z',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20 20',
  refresh:
    'M20 11a8 8 0 0 0-14.300-4.500L4 8.500M4 4v4.500h4.500M4 13a8 8 0 0 0 14.300 4.500l1.700-2M20 20v-4.500h-4.500',
  arrow: 'M5 12h14M13 6l6 6-6 6',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside a text; screen readers pass over it. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
