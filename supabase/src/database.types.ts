export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "13"
  }
  public: {
    Tables: {
      angajati: {
        Row: {
          id: string
          nume: string | null
          nume_complet: string | null
          prenume: string | null
          status: string
        }
        Insert: {
          id?: string
          nume?: string | null
          nume_complet?: string | null
          prenume?: string | null
          status?: string
        }
        Update: {
          id?: string
          nume?: string | null
          nume_complet?: string | null
          prenume?: string | null
          status?: string
        }
        Relationships: []
      }
      angajati_biometrie: {
        Row: {
          angajat_id: string
          employee_no: number | null
          foto_fata_url: string | null
          hikvision_employee_no: string | null
          id: string
        }
        Insert: {
          angajat_id: string
          employee_no?: number | null
          foto_fata_url?: string | null
          hikvision_employee_no?: string | null
          id?: string
        }
        Update: {
          angajat_id?: string
          employee_no?: number | null
          foto_fata_url?: string | null
          hikvision_employee_no?: string | null
          id?: string
        }
        Relationships: [
          {
            foreignKeyName: "angajati_biometrie_angajat_id_fkey"
            columns: ["angajat_id"]
            referencedRelation: "angajati"
            referencedColumns: ["id"]
          },
        ]
      }
      angajati_biometrie_dispozitive: {
        Row: {
          acces_inchis: boolean
          actualizat_la: string
          angajat_biometrie_id: string | null
          dispozitiv_id: string
          employee_no: number
          eroare_cod: string | null
          eroare_detalii: string | null
          fata_amprenta: string | null
          fata_stare: string
          id: string
          nume_trimise: string[]
          persoana_amprenta: string | null
          persoana_stare: string
          recunoscuta: boolean
          sincronizat_la: string | null
          status_sincronizare: string
        }
        Insert: {
          acces_inchis?: boolean
          actualizat_la?: string
          angajat_biometrie_id?: string | null
          dispozitiv_id: string
          employee_no: number
          eroare_cod?: string | null
          eroare_detalii?: string | null
          fata_amprenta?: string | null
          fata_stare?: string
          id?: string
          nume_trimise?: string[]
          persoana_amprenta?: string | null
          persoana_stare?: string
          recunoscuta?: boolean
          sincronizat_la?: string | null
          status_sincronizare?: string
        }
        Update: {
          acces_inchis?: boolean
          actualizat_la?: string
          angajat_biometrie_id?: string | null
          dispozitiv_id?: string
          employee_no?: number
          eroare_cod?: string | null
          eroare_detalii?: string | null
          fata_amprenta?: string | null
          fata_stare?: string
          id?: string
          nume_trimise?: string[]
          persoana_amprenta?: string | null
          persoana_stare?: string
          recunoscuta?: boolean
          sincronizat_la?: string | null
          status_sincronizare?: string
        }
        Relationships: [
          {
            foreignKeyName: "abd_angajat_biometrie_id_fkey"
            columns: ["angajat_biometrie_id"]
            referencedRelation: "angajati_biometrie"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "abd_dispozitiv_id_fkey"
            columns: ["dispozitiv_id"]
            referencedRelation: "dispozitive_pontaj"
            referencedColumns: ["id"]
          },
        ]
      }
      angajati_numere_date: {
        Row: {
          angajat_biometrie_id: string
          dat_la: string
          employee_no: number
        }
        Insert: {
          angajat_biometrie_id: string
          dat_la?: string
          employee_no: number
        }
        Update: {
          angajat_biometrie_id?: string
          dat_la?: string
          employee_no?: number
        }
        Relationships: []
      }
      dispozitive_lease: {
        Row: {
          detinator: string | null
          dispozitiv_id: string
          expira_la: string
          fence: number
        }
        Insert: {
          detinator?: string | null
          dispozitiv_id: string
          expira_la?: string
          fence?: number
        }
        Update: {
          detinator?: string | null
          dispozitiv_id?: string
          expira_la?: string
          fence?: number
        }
        Relationships: [
          {
            foreignKeyName: "dispozitive_lease_dispozitiv_id_fkey"
            columns: ["dispozitiv_id"]
            referencedRelation: "dispozitive_pontaj"
            referencedColumns: ["id"]
          },
        ]
      }
      dispozitive_pontaj: {
        Row: {
          amprenta_certificat: string | null
          blocat_pana_la: string | null
          capabilitati: Json | null
          credentiale_acceptate: string | null
          credentiale_neclare: string | null
          credentiale_refuzate: string | null
          esecuri_consecutive: number
          firmware: string | null
          fus_orar: string | null
          id: string
          incercari_ramase: number | null
          inventariat_la: string | null
          ip_address: string
          livrare_foto: string | null
          model: string | null
          numar_serie: string | null
          nume: string
          password_encrypted: string | null
          politica_certificat: string
          port: number
          protocol: string
          santier_id: string | null
          status: string
          straini_numar: number | null
          ultima_eroare: string | null
          ultima_eroare_cod: string | null
          ultima_sincronizare: string | null
          urmatoarea_incercare_la: string | null
          username: string | null
        }
        Insert: {
          amprenta_certificat?: string | null
          blocat_pana_la?: string | null
          capabilitati?: Json | null
          credentiale_acceptate?: string | null
          credentiale_neclare?: string | null
          credentiale_refuzate?: string | null
          esecuri_consecutive?: number
          firmware?: string | null
          fus_orar?: string | null
          id?: string
          incercari_ramase?: number | null
          inventariat_la?: string | null
          ip_address: string
          livrare_foto?: string | null
          model?: string | null
          numar_serie?: string | null
          nume: string
          password_encrypted?: string | null
          politica_certificat?: string
          port?: number
          protocol?: string
          santier_id?: string | null
          status?: string
          straini_numar?: number | null
          ultima_eroare?: string | null
          ultima_eroare_cod?: string | null
          ultima_sincronizare?: string | null
          urmatoarea_incercare_la?: string | null
          username?: string | null
        }
        Update: {
          amprenta_certificat?: string | null
          blocat_pana_la?: string | null
          capabilitati?: Json | null
          credentiale_acceptate?: string | null
          credentiale_neclare?: string | null
          credentiale_refuzate?: string | null
          esecuri_consecutive?: number
          firmware?: string | null
          fus_orar?: string | null
          id?: string
          incercari_ramase?: number | null
          inventariat_la?: string | null
          ip_address?: string
          livrare_foto?: string | null
          model?: string | null
          numar_serie?: string | null
          nume?: string
          password_encrypted?: string | null
          politica_certificat?: string
          port?: number
          protocol?: string
          santier_id?: string | null
          status?: string
          straini_numar?: number | null
          ultima_eroare?: string | null
          ultima_eroare_cod?: string | null
          ultima_sincronizare?: string | null
          urmatoarea_incercare_la?: string | null
          username?: string | null
        }
        Relationships: []
      }
      sincronizari: {
        Row: {
          angajati_fara_numar: number
          angajati_in_domeniu: number
          anulare_ceruta_la: string | null
          cerut_de: string
          cerut_la: string
          cheie: string
          dispozitive: number
          domeniu: NonNullable<Json>
          id: string
          inceput_la: string | null
          stare: string
          terminat_la: string | null
          tip: string
        }
        Insert: {
          angajati_fara_numar?: number
          angajati_in_domeniu?: number
          anulare_ceruta_la?: string | null
          cerut_de: string
          cerut_la?: string
          cheie: string
          dispozitive?: number
          domeniu: NonNullable<Json>
          id?: string
          inceput_la?: string | null
          stare?: string
          terminat_la?: string | null
          tip: string
        }
        Update: {
          angajati_fara_numar?: number
          angajati_in_domeniu?: number
          anulare_ceruta_la?: string | null
          cerut_de?: string
          cerut_la?: string
          cheie?: string
          dispozitive?: number
          domeniu?: NonNullable<Json>
          id?: string
          inceput_la?: string | null
          stare?: string
          terminat_la?: string | null
          tip?: string
        }
        Relationships: []
      }
      sincronizari_dispozitive: {
        Row: {
          actualizat_la: string
          cursor_employee_no: number | null
          dispozitiv_id: string
          dispozitiv_nume: string
          esuate: number
          existente: number
          motiv: string | null
          motiv_cod: string | null
          neincercate: number
          neschimbate: number[]
          omise: number
          partiale: number
          reusite: number
          sincronizare_id: string
          stare: string
          straini: string[]
          straini_numar: number | null
        }
        Insert: {
          actualizat_la?: string
          cursor_employee_no?: number | null
          dispozitiv_id: string
          dispozitiv_nume: string
          esuate?: number
          existente?: number
          motiv?: string | null
          motiv_cod?: string | null
          neincercate?: number
          neschimbate?: number[]
          omise?: number
          partiale?: number
          reusite?: number
          sincronizare_id: string
          stare?: string
          straini?: string[]
          straini_numar?: number | null
        }
        Update: {
          actualizat_la?: string
          cursor_employee_no?: number | null
          dispozitiv_id?: string
          dispozitiv_nume?: string
          esuate?: number
          existente?: number
          motiv?: string | null
          motiv_cod?: string | null
          neincercate?: number
          neschimbate?: number[]
          omise?: number
          partiale?: number
          reusite?: number
          sincronizare_id?: string
          stare?: string
          straini?: string[]
          straini_numar?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "sincronizari_dispozitive_sincronizare_id_fkey"
            columns: ["sincronizare_id"]
            referencedRelation: "sincronizari"
            referencedColumns: ["id"]
          },
        ]
      }
      sincronizari_linii: {
        Row: {
          angajat_id: string | null
          dispozitiv_id: string
          employee_no: number
          eroare_cod: string | null
          eroare_mesaj: string | null
          fata: string
          la: string
          motive: string[]
          persoana: string
          sincronizare_id: string
          status: string
        }
        Insert: {
          angajat_id?: string | null
          dispozitiv_id: string
          employee_no: number
          eroare_cod?: string | null
          eroare_mesaj?: string | null
          fata: string
          la?: string
          motive?: string[]
          persoana: string
          sincronizare_id: string
          status: string
        }
        Update: {
          angajat_id?: string | null
          dispozitiv_id?: string
          employee_no?: number
          eroare_cod?: string | null
          eroare_mesaj?: string | null
          fata?: string
          la?: string
          motive?: string[]
          persoana?: string
          sincronizare_id?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "sincronizari_linii_sincronizare_id_dispozitiv_id_fkey"
            columns: ["sincronizare_id", "dispozitiv_id"]
            referencedRelation: "sincronizari_dispozitive"
            referencedColumns: ["sincronizare_id", "dispozitiv_id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      cere_anulare: { Args: { p_run_id: string }; Returns: Json }
      creeaza_sincronizare: {
        Args: {
          p_angajati: number
          p_cerut_de: string
          p_cheie: string
          p_dispozitive: string[]
          p_domeniu: Json
          p_fara_numar: number
        }
        Returns: Json
      }
      elibereaza_lease: {
        Args: { p_dispozitiv_id: string; p_fence: number; p_pauza_ms: number }
        Returns: undefined
      }
      ia_dispozitive_cu_lucru: {
        Args: { p_detinator: string; p_durata_ms: number; p_limita: number }
        Returns: {
          dispozitiv_id: string
          expira_in_ms: number
          fence: number
        }[]
      }
      inchideri_datorate: {
        Args: { p_dispozitiv_id: string; p_dupa?: number; p_limita: number }
        Returns: {
          acces_inchis: boolean
          actualizat_la: string
          angajat_biometrie_id: string | null
          dispozitiv_id: string
          employee_no: number
          eroare_cod: string | null
          eroare_detalii: string | null
          fata_amprenta: string | null
          fata_stare: string
          id: string
          nume_trimise: string[]
          persoana_amprenta: string | null
          persoana_stare: string
          recunoscuta: boolean
          sincronizat_la: string | null
          status_sincronizare: string
        }[]
        SetofOptions: {
          from: "*"
          to: "angajati_biometrie_dispozitive"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      numeroteaza_angajati: {
        Args: Record<PropertyKey, never>
        Returns: number
      }
      preia_dispozitive: {
        Args: { p_detinator: string; p_durata_ms: number; p_limita: number }
        Returns: {
          abandonat: boolean
          dispozitiv_id: string
          expira_in_ms: number
          fence: number
        }[]
      }
      prelungeste_lease: {
        Args: { p_detinator: string; p_durata_ms: number; p_lease: Json }
        Returns: {
          dispozitiv_id: string
          expira_in_ms: number
          fence: number
        }[]
      }
      scrie_dispozitiv: {
        Args: { p_dispozitiv_id: string; p_fence: number; p_stare: Json }
        Returns: undefined
      }
      scrie_rezultate: {
        Args: {
          p_dispozitiv_id: string
          p_fence: number
          p_progres: Json
          p_rezultate: Json
        }
        Returns: undefined
      }
      scrie_urmarire: {
        Args: { p_dispozitiv_id: string; p_fence: number; p_urmarire: Json }
        Returns: undefined
      }
      termina_sincronizare: { Args: { p_run_id: string }; Returns: Json }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
