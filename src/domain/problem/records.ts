import type { ProblemTexts } from './text.js';

/** What the rules of sales records refuse: quotations, contracts, prices, deals, people, money, time. */
export const RECORDS_PROBLEMS = {
  STATE_CONFLICT: {
    title: 'The record has moved on',
    detail: 'The state it is in does not allow this; read it again.',
  },
  ALREADY_EXISTS: {
    title: 'Exists already',
    detail: 'Another record has this name or code; choose another, or use that record.',
  },
  QUOTE_STATE: {
    title: 'The quotation has moved on',
    detail: 'The state the quotation is in does not allow this act; read it again, or revise it.',
  },
  QUOTE_EXPIRED: {
    title: 'The quotation has expired',
    detail:
      'After its validity a quotation is neither submitted, sent nor accepted; set a later date or revise it.',
  },
  REVISION_EXISTS: {
    title: 'There is a newer revision',
    detail: 'A quotation has one revision in work at a time; go on with that one.',
  },
  NO_UNIT: {
    title: 'You are in no sales unit',
    detail: "A quotation belongs to its owner's unit; have an administrator place you in one.",
  },
  PRICE_LIST_MISSING: {
    title: 'No price list for the currency',
    detail:
      'A line is priced by the list in force in its currency; have one published, or choose another currency.',
  },
  PRICE_LIST_EXPIRED: {
    title: 'The prices are of a list that ended',
    detail: 'A quotation is submitted at prices in force; edit it to take those of today.',
  },
  'PRICE_LIST.STATE': {
    title: 'The price list has moved on',
    detail: 'The state the list is in does not allow this act; read it again.',
  },
  'PRICE_LIST.OVERLAP': {
    title: 'Another version holds then',
    detail: 'One version of a price list holds at a time; choose a time that is free.',
  },
  EFFECTIVE_OVERLAP: {
    title: 'Something else holds then',
    detail: 'One value holds at a time; choose a time that is free, or end the other first.',
  },
  RATE_MISSING: {
    title: 'No exchange rate',
    detail: 'Amounts of this currency need a budget or published rate; have one entered.',
  },
  FX_MOVED: {
    title: 'The exchange rate has moved',
    detail:
      "The rate is further from the quotation's than the policy allows; price it anew, or accept the rate of now.",
  },
  CUSTOMER_BLOCKED: {
    title: 'The customer is blocked',
    detail:
      'Nothing is submitted, approved, sent, accepted or sealed for a customer that is blocked; the cause and the instant are given.',
  },
  CUSTOMER_NOT_BLOCKED: {
    title: 'The customer is not blocked',
    detail: 'Only a block that is in force can be lifted; read the customer again.',
  },
  CONTRACT_STATE: {
    title: 'The contract has moved on',
    detail: 'The state the contract is in does not allow this act; read it again.',
  },
  SIGNING_OPEN: {
    title: 'Signatures are being collected',
    detail: 'A contract is with its signers once at a time; wait for them or take it back first.',
  },
  SIGNERS_NAME: {
    title: 'Not the name that was invited',
    detail: 'Whoever was invited signs, with the name they were invited by; ask for a link of your own.',
  },
  SIGNING_CLOSED: {
    title: 'The signing is over',
    detail: 'It was signed, declined or taken back, or its time has passed; read the contract again.',
  },
  SIGNED_DIFFERENTLY: {
    title: 'Another document was signed',
    detail:
      'What came back does not begin with the sealed document; it is kept as evidence and the contract stays as it was.',
  },
  CALLBACK_UNVERIFIED: {
    title: 'Not from the provider',
    detail:
      'The signature, application or time of the call is not what the provider sends; nothing was read.',
  },
  CONTRACT_SUSPENDED: {
    title: 'The contract is suspended',
    detail: 'Nothing is performed under a suspended contract; resume it first.',
  },
  CHANGE_PENDING: {
    title: 'A change is under way',
    detail: 'A contract has one change in work at a time; finish or cancel that one.',
  },
  CHANGE_STATE: {
    title: 'The change has moved on',
    detail: 'The state the change is in does not allow this act; read it again.',
  },
  PLAN_BELOW_SETTLED: {
    title: 'Less than is settled',
    detail: 'The new total is less than what is settled of the payment plan; raise it or reverse that first.',
  },
  LINES_BELOW_ORDERED: {
    title: 'Less than is ordered',
    detail: 'What is ordered of `lines` stays in the contract, under its own name; cancel the order first.',
  },
  ORDER_STATE: {
    title: 'The order has moved on',
    detail: 'The state the order is in does not allow this act; read it again.',
  },
  DISPUTE_OPEN: {
    title: 'A dispute is open',
    detail: 'A dispute suspends the contract; close it and the contract goes on.',
  },
  DISPUTE_CLOSED: {
    title: 'The dispute is closed',
    detail: 'A dispute is closed once; record another one if it begins anew.',
  },
  OPEN_OBLIGATIONS: {
    title: 'Something is still open',
    detail: 'A contract is completed or archived when what `open` names has ended; close those first.',
  },
  PLAN_NOT_WHOLE: {
    title: 'The payment plan is not 100 %',
    detail: 'The instalments of a plan add up to 100 per cent; correct them.',
  },
  MILESTONE_DONE: {
    title: 'Done already',
    detail: 'A milestone is done once, on `doneOn`; nothing is left to do here.',
  },
  'CUSTOMER.NOT_FOUND': {
    title: 'No such customer',
    detail: 'There is no such customer, or you may not see it; choose another.',
  },
  'CONTACT.ERASED_STATE': {
    title: 'The contact was erased',
    detail: 'An erased contact neither changes nor comes back; make a new one.',
  },
  'OPPORTUNITY.STATE': {
    title: 'The deal is in another stage',
    detail: 'The stage the deal is in does not allow this; read it again.',
  },
  'OPPORTUNITY.CLOSED': {
    title: 'The deal is closed',
    detail: 'Amount and dates of a closed deal stay; reopen it or open a new one.',
  },
  'OPPORTUNITY.EXIT_CRITERIA': {
    title: 'Criteria are missing',
    detail: 'A stage is left when its criteria are met; fill in what `errors` names.',
  },
  'OPPORTUNITY.CUSTOMER_STATE': {
    title: 'The deal has a customer',
    detail: 'A deal gets its customer once; open a new deal for another.',
  },
  'OPPORTUNITY.COMPETITOR_STATE': {
    title: 'This competitor stays',
    detail: 'Whom a deal was won against or lost to is kept; name another one beside it.',
  },
  'OPPORTUNITY.SPLIT_PENDING': {
    title: 'A change of the credit is being decided',
    detail: 'One change waits for approval at a time; await it, or withdraw its request.',
  },
  'ACTIVITY.STATE': {
    title: 'Done or called off already',
    detail: 'Only a planned activity changes; plan a new one.',
  },
  'ORG.OVERLAP': {
    title: 'The dates overlap',
    detail: 'One record of this kind holds at a time; choose dates that are free, or end the other first.',
  },
  'ORG.DELEGATION_FORBIDDEN': {
    title: 'May not be delegated',
    detail:
      'A role is delegated to another active person, and only when its rules allow it; choose otherwise.',
  },
  'ORG.UNIT_IN_USE': {
    title: 'The unit is in use',
    detail: 'A unit ends when no people and no units are in it; move those first.',
  },
  ORG_CYCLE: {
    title: 'A line would lead back to itself',
    detail: 'Nobody is above themselves, neither people nor units; choose another manager or parent.',
  },
  MAIL_NOT_CONFIGURED: {
    title: 'Mail is not set up',
    detail: 'No mail server is configured here; send it yourself, or have one set up.',
  },
  NO_ADDRESS: {
    title: 'No mail address',
    detail: 'The test goes to the mail address of whoever asks and you have none; have one entered.',
  },
  DOCUMENT_TOO_LONG: {
    title: 'Too long for a PDF',
    detail: 'The document has more letters than `max`; divide it.',
  },
  'MONEY.INVALID': {
    title: 'Not an amount',
    detail:
      'An amount is a plain decimal, not negative, with no more decimals than its currency has; correct it.',
  },
  'MONEY.CURRENCY_UNKNOWN': {
    title: 'Unknown currency',
    detail: 'The currency is not one of those supported; use an ISO 4217 code of the list.',
  },
  'MONEY.ALLOCATION': {
    title: 'Cannot be divided so',
    detail: 'An amount is divided by weights that are not negative and not all zero; correct the weights.',
  },
  'CALENDAR.INVALID_DURATION': {
    title: 'Not a duration',
    detail: 'A duration is a whole number of its unit and not negative; correct it.',
  },
  'CALENDAR.INVALID_HOURS': {
    title: 'Not working hours',
    detail: 'Hours of a day do not overlap and end after they begin; correct them.',
  },
  'CALENDAR.NO_WORKING_TIME': {
    title: 'No working time',
    detail: 'The calendar has no working time to count in; have its hours entered.',
  },
  'IMPORT.FILE_EMPTY': {
    title: 'The file is empty',
    detail: 'An import begins with a head of column names; choose another file.',
  },
  'IMPORT.FILE_UNREADABLE': {
    title: 'The file cannot be read',
    detail: 'An import is a CSV file in UTF-8 or GB18030; save it as that.',
  },
  'IMPORT.COLUMNS_MISSING': {
    title: 'Columns are missing',
    detail: 'The head lacks the columns that `missing` names; add them.',
  },
  'IMPORT.COLUMNS_DOUBLE': {
    title: 'A column comes twice',
    detail: 'Each column comes once; take the second one out.',
  },
} satisfies ProblemTexts;
