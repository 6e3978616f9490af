/** What the CRM keeps, in the words of its descriptors. */

export interface Address {
  street?: string;
  postalCode?: string;
  city: string;
  country: string;
}

export interface Money {
  amount: number;
  currency: 'EUR' | 'GBP' | 'USD';
}

export type ContactStatus = 'lead' | 'active' | 'dormant';

export interface ContactFields {
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  birthday: string | null;
  status: ContactStatus;
  companyId: number | null;
  address?: Address;
  tags: string[];
  newsletter: boolean;
}

export interface Contact extends ContactFields {
  id: number;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface Photo {
  fileName: string;
  mediaType: string;
  caption: string | null;
  content: Buffer;
}

export type Industry = 'energy' | 'finance' | 'health' | 'logistics' | 'manufacturing' | 'retail' | 'software';

export interface Company {
  id: number;
  name: string;
  website?: string;
  industry: Industry;
  employees?: number;
  address?: Address;
}

export type OpenStage = 'qualified' | 'proposal' | 'negotiation';

export interface Deal {
  id: number;
  reference: string;
  title: string;
  companyId: number;
  contactId: number | null;
  value: Money;
  stage: OpenStage | 'won' | 'lost';
  probability: number;
  dueOn: string;
  outcome?: { closedOn: string; closedBy: string; reason: string | null };
}

export type NoteSubject = 'contact' | 'company' | 'deal';

export interface Note {
  id: number;
  about: NoteSubject;
  aboutId: number;
  text: string;
  author: string;
  writtenAt: string;
}
