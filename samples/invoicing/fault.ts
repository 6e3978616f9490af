export type FaultCode = 'NotFound' | 'NotValid' | 'ApprovalRequired' | 'WrongState';

export interface FaultProblem {
  readonly field: string;
  readonly detail: string;
}

/** The fault that the contract declares. */
export class InvoicingFault extends Error {
  readonly code: FaultCode;
  readonly problems: readonly FaultProblem[];

  constructor(code: FaultCode, message: string, problems: readonly FaultProblem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** A message that cannot be taken, told by the code that SOAP has for it: as SOAP 1.2 names them (Part 1 §5.4.6). */
export class MessageFault extends Error {
  readonly code: 'Sender' | 'MustUnderstand';

  constructor(message: string, code: MessageFault['code'] = 'Sender') {
    super(message);
    this.code = code;
  }
}
