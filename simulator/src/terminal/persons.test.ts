import { describe, expect, it } from 'vitest';
import { Persons, type PersonData } from './persons.ts';

const data = (name: string): PersonData => ({
  name,
  userType: 'normal',
  valid: {
    enable: true,
    beginTime: '2020-01-01T00:00:00',
    endTime: '2037-12-31T23:59:59',
    timeType: 'local',
  },
  doorRight: '1',
  rightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
  extras: null,
});

describe('Persons', () => {
  it('keeps the order of arrival, also of a person who is changed', () => {
    const persons = new Persons();
    for (const employeeNo of ['3', '1', '2']) persons.set(employeeNo, data('Old'));
    persons.set('1', data('New'));
    expect(persons.page(0, 10).map(({ employeeNo, name }) => [employeeNo, name])).toEqual([
      ['3', 'Old'],
      ['1', 'New'],
      ['2', 'Old'],
    ]);
  });

  it('puts who was removed and comes again at the end', () => {
    const persons = new Persons();
    for (const employeeNo of ['1', '2']) persons.set(employeeNo, data('A'));
    expect(persons.remove('1')).toBe(true);
    expect(persons.remove('1')).toBe(false);
    persons.set('1', data('A'));
    expect(Array.from(persons, (person) => person.employeeNo)).toEqual(['2', '1']);
  });

  it('shares what is equal, and nobody can change it in place', () => {
    const persons = new Persons();
    persons.set('1', data('A'));
    persons.set('2', data('B'));
    const valid = persons.get('1')!.valid;
    expect(persons.get('2')!.valid).toBe(valid);
    expect(() => {
      valid.enable = false;
    }).toThrow(TypeError);
  });

  it('comes back from a snapshot that shares nothing with it', () => {
    const persons = new Persons();
    persons.set('1', { ...data('A'), extras: { gender: 'male' } });
    const snapshot = persons.snapshot();
    persons.clear();
    expect(persons.size).toBe(0);
    persons.restore(JSON.parse(JSON.stringify(snapshot)) as typeof snapshot);
    expect(persons.get('1')).toEqual({ employeeNo: '1', ...data('A'), extras: { gender: 'male' } });
  });
});
