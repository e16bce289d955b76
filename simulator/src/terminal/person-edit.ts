/** What somebody changes of one person at the terminal's own menu; who is removed has nothing else changed. */
export interface PersonEdit {
  employeeNo: string;
  name?: string;
  remove?: boolean;
  removeFace?: boolean;
}
