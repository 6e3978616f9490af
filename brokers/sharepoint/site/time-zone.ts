const DAY = 86_400_000;

/**
 * The day that it is in a time zone.
 *
 * @param instant ISO 8601
 * @returns `2024-03-06`; undefined when `instant` is none
 */
export function dayOf(instant: string, timeZone: string): string | undefined {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return undefined;
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 10);
}

/** When a day begins in a time zone, as ISO 8601 in UTC. @param day `2024-03-06` */
export function startOfDay(day: string, timeZone: string): string {
  const local = Date.parse(`${day}T00:00:00Z`);
  const guess = local - offsetAt(local, timeZone);
  // The offset at the beginning of the day counts, which is another than the guess's where clocks are changed that day.
  return `${new Date(local - offsetAt(guess, timeZone)).toISOString().slice(0, 19)}Z`;
}

/** The day after. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that the zone is ahead of UTC. */
function offsetAt(time: number, timeZone: string): number {
  const fixed = /^UTC(?:([+-])(\d\d):(\d\d))?$/.exec(timeZone);
  if (fixed !== null) {
    const minutes = Number(fixed[2] ?? 0) * 60 + Number(fixed[3] ?? 0);
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1_000) * 1_000;
}

/** SharePoint's time zones (`SPTimeZone.ID`) by their IANA names. */
const zones: Readonly<Record<number, string>> = {
  2: 'Europe/London',
  3: 'Europe/Paris',
  4: 'Europe/Berlin',
  5: 'Europe/Bucharest',
  6: 'Europe/Budapest',
  7: 'Europe/Athens',
  8: 'America/Sao_Paulo',
  9: 'America/Halifax',
  10: 'America/New_York',
  11: 'America/Chicago',
  12: 'America/Denver',
  13: 'America/Los_Angeles',
  14: 'America/Anchorage',
  15: 'Pacific/Honolulu',
  16: 'Pacific/Midway',
  17: 'Pacific/Auckland',
  18: 'Australia/Brisbane',
  19: 'Australia/Adelaide',
  20: 'Asia/Tokyo',
  21: 'Asia/Singapore',
  22: 'Asia/Bangkok',
  23: 'Asia/Kolkata',
  24: 'Asia/Dubai',
  25: 'Asia/Tehran',
  26: 'Asia/Baghdad',
  27: 'Asia/Jerusalem',
  28: 'America/St_Johns',
  29: 'Atlantic/Azores',
  31: 'Africa/Monrovia',
  33: 'America/La_Paz',
  34: 'America/Indiana/Indianapolis',
  35: 'America/Bogota',
  36: 'America/Regina',
  37: 'America/Mexico_City',
  38: 'America/Phoenix',
  40: 'Pacific/Fiji',
  41: 'Asia/Magadan',
  42: 'Australia/Hobart',
  43: 'Pacific/Guam',
  44: 'Australia/Darwin',
  45: 'Asia/Shanghai',
  46: 'Asia/Novosibirsk',
  47: 'Asia/Tashkent',
  48: 'Asia/Kabul',
  49: 'Africa/Cairo',
  50: 'Africa/Johannesburg',
  51: 'Europe/Moscow',
  53: 'Atlantic/Cape_Verde',
  54: 'Asia/Baku',
  55: 'America/Guatemala',
  56: 'Africa/Nairobi',
  57: 'Europe/Warsaw',
  58: 'Asia/Yekaterinburg',
  59: 'Europe/Helsinki',
  61: 'Asia/Yangon',
  62: 'Asia/Kathmandu',
  63: 'Asia/Irkutsk',
  64: 'Asia/Krasnoyarsk',
  65: 'America/Santiago',
  66: 'Asia/Colombo',
  67: 'Pacific/Tongatapu',
  68: 'Asia/Vladivostok',
  69: 'Africa/Lagos',
  70: 'Asia/Yakutsk',
  72: 'Asia/Seoul',
  73: 'Australia/Perth',
  74: 'Asia/Riyadh',
  75: 'Asia/Taipei',
  76: 'Australia/Sydney',
  93: 'UTC',
};

/**
 * A site's time zone.
 *
 * @param id `SPTimeZone.ID`
 * @param bias minutes that the zone is behind UTC, for a zone that is not known by its number
 */
export function timeZoneOf(id: number | undefined, bias: number | undefined): string | undefined {
  const known = id === undefined ? undefined : zones[id];
  if (known !== undefined) return known;
  if (bias === undefined || Math.abs(bias) > 1_080) return undefined;
  const minutes = Math.abs(bias);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `UTC${bias > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
