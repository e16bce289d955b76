/** What every person gets on a device beside name and number: configuration, the same for all. */
export interface PersonTemplate {
  /** Local time of the terminal, `2025-10-10T00:00:00`. */
  beginTime: string;
  endTime: string;
  /** Doors separated by commas: `1`, `1,2`. */
  doorRight: string;
  /** Number of a plan template on the device; 1 is all day. */
  planTemplateNo: string;
}

export const defaultPersonTemplate: PersonTemplate = {
  beginTime: '2025-10-10T00:00:00',
  endTime: '2037-12-31T23:59:59',
  doorRight: '1',
  planTemplateNo: '1',
};
