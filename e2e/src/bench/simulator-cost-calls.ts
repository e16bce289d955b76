/** A call whose cost shall not depend on how many persons are on the terminal. */
export interface CostCall {
  name: string;
  /** `count` grows by one with every call; the persons there are 1000, 1001, … */
  request(count: number, persons: number): { method: string; target: string; body?: object };
}

const PERSON = '/ISAPI/AccessControl/UserInfo';
const FACE = '/ISAPI/Intelligent/FDLib';
const JSON_FORM = '?format=json';
/** Prime to both numbers of persons: the calls reach all over the list. */
const STRIDE = 7_919;

const numberOf = (count: number, persons: number) => String(1000 + ((count * STRIDE) % persons));

const userInfo = (employeeNo: string, count: number) => ({
  UserInfo: {
    employeeNo,
    name: `Popescu Ion ${count}`,
    userType: 'normal',
    Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
    doorRight: '1',
    RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
  },
});

export const costCalls: CostCall[] = [
  {
    name: 'modify',
    request: (count, persons) => ({
      method: 'PUT',
      target: `${PERSON}/Modify${JSON_FORM}`,
      body: userInfo(numberOf(count, persons), count),
    }),
  },
  {
    // The person who was added is deleted by the next call, so that the number of persons stays.
    name: 'add and delete',
    request: (count) => {
      const employeeNo = String(900_000 + (count >> 1));
      return count % 2 === 0
        ? { method: 'POST', target: `${PERSON}/Record${JSON_FORM}`, body: userInfo(employeeNo, count) }
        : {
            method: 'PUT',
            target: `${PERSON}/Delete${JSON_FORM}`,
            body: { UserInfoDelCond: { EmployeeNoList: [{ employeeNo }] } },
          };
    },
  },
  {
    name: 'search one',
    request: (count, persons) => ({
      method: 'POST',
      target: `${PERSON}/Search${JSON_FORM}`,
      body: {
        UserInfoSearchCond: {
          searchID: 'bench',
          searchResultPosition: 0,
          maxResults: 30,
          EmployeeNoList: [{ employeeNo: numberOf(count, persons) }],
        },
      },
    }),
  },
  {
    name: 'search page',
    request: (count, persons) => ({
      method: 'POST',
      target: `${PERSON}/Search${JSON_FORM}`,
      body: {
        UserInfoSearchCond: {
          searchID: 'bench',
          searchResultPosition: (count * STRIDE) % (persons - 30),
          maxResults: 30,
        },
      },
    }),
  },
  { name: 'count', request: () => ({ method: 'GET', target: `${PERSON}/Count${JSON_FORM}` }) },
  {
    name: 'search face',
    request: (count, persons) => ({
      method: 'POST',
      target: `${FACE}/FDSearch${JSON_FORM}`,
      body: {
        searchResultPosition: 0,
        maxResults: 30,
        faceLibType: 'blackFD',
        FDID: '1',
        FPID: numberOf(count, persons),
      },
    }),
  },
];
