/** What the words of paths and operation ids are: verbs, modifiers, things of which there is one. */

/** Verbs that paths and operation ids begin with, and that say what is done and not what it is done to. */
const VERBS = new Set(
  `abort anonymize silence play seek shuffle contains accept acknowledge acquire activate add adjust allow answer append apply approve archive arrange assign associate assume
  attach authenticate authorize autocomplete backup ban batch begin block browse bulk calculate call cancel capture change charge
  check checkin checkout claim clean cleanup clear clone close collect combine commit compare complete compose compute confirm
  connect convert copy count create deactivate decline decode decrement decrypt delete deliver demote deny deploy deprecate
  describe destroy detach detect diff disable disassociate discard disconnect discover dismiss download drain duplicate edit
  eject enable encode encrypt end enqueue enroll ensure enumerate estimate evaluate evict exchange execute exists expand expire
  explain export extend extract fail fetch fill filter finalize find finish flag flush follow force forward freeze generate get
  give grant hide import increment index ingest init initialize initiate insert inspect install introspect invalidate invite
  invoke issue join kick kill launch leave like link list load lock login logout lookup mark match merge migrate modify move mute
  notify obtain open override overwrite parse patch pause perform pin ping poll pop post predict preview print process promote
  prune publish pull purge push put query quit read reactivate rebuild recalculate receive reconnect recover redeem redirect
  refresh refund register reindex reinstall reject release reload remove rename render renew reopen reorder reorganize replace
  replay reply request resend reserve reset resize resolve restart restore restrict resubmit resume retrieve retry return reverse
  revert revoke rollback rotate run save scan schedule search select send set share show shutdown sign signin signout signup
  simulate skip sort split start stat stop stream submit subscribe suggest suspend swap switch sync synchronize tag take terminate
  test toggle track transfer transform translate trigger truncate unarchive unassign unban unblock unfollow unfreeze uninstall
  unlike unlink unlock unmute unpause unpin unpublish unregister unshare unsubscribe update upgrade upload upsert use validate
  verify view void vote wait watch withdraw write zip`.split(/\s+/),
);

/** Verbs that are as often the name of a thing when they stand alone. */
const THINGS = new Set([
  'index',
  'batch',
  'tag',
  'flag',
  'charge',
  'call',
  'link',
  'post',
  'issue',
  'request',
  'process',
  'release',
  'test',
  'schedule',
  'track',
  'view',
  'vote',
  'stat',
  'log',
  'answer',
  'reply',
  'invite',
  'match',
  'track',
  'transfer',
  'exchange',
  'return',
  'refund',
  'stream',
  'branch',
  'filter',
  'query',
  'diff',
  'list',
  'group',
  'grant',
  'backup',
  'print',
  'share',
  'lookup',
  'claim',
  'watch',
  'commit',
  'switch',
  'void',
  'count',
  'block',
  'bulk',
  'change',
  'override',
  'sort',
  'message',
  'like',
  'lock',
  'pin',
  'ban',
  'mute',
  'follow',
  'preview',
  'sync',
  'subscribe',
]);

export const isVerb = (word: string): boolean => VERBS.has(word);

/** Verbs that also stand before a noun to tell what it is for: `login_links` are links. */
const MODIFIERS = new Set(
  `access attach build call checkin checkout connect copy count deploy download end export extract filter import index install issue
  join launch link load log login logout move open play preview print process publish query read register release report request
  reset restore return run sample save scan schedule search share sign signin signup sort start stop store stream submit subscribe
  sync tag test track transfer trial update upload view wait watch`.split(/\s+/),
);

/** Whether a verb can be the first word of the name of a thing. */
export const isModifier = (word: string): boolean => MODIFIERS.has(word) || THINGS.has(word);

/** Whether a lone word is more likely what is done than what it is done to. */
export const isClearVerb = (word: string): boolean => VERBS.has(word) && !THINGS.has(word);

/** Plural words for something of which there is one: the settings of an account. */
const SINGLETONS = new Set(
  `settings preferences options stats statistics metrics details limits permissions capabilities features properties info
  defaults credentials totals counts quotas credits rates terms contents headers`.split(/\s+/),
);

/** Whether the last word of a name in the plural stands for one thing. */
export const isSingleton = (name: string): boolean =>
  SINGLETONS.has((/[\p{Ll}\p{Lu}]?\p{Ll}*$/u.exec(name)?.[0] ?? '').toLowerCase());
