"""APOA: lodgings report their foreign guests, the immigration office knows who is here."""
