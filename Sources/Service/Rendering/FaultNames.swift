extension Language {
    /// What a fault is called in a list: in Persian its name before its code, which lists and notes refer to.
    func name(ofFault code: String) -> String {
        guard self == .fa, let name = Self.faultNames[code] else { return code }
        return "\(name) (\(self.code(code)))"
    }

    private static let faultNames = [
        "geometry.missing": "بدون هندسه", "geometry.empty": "هندسهٔ تهی", "geometry.unreadable": "هندسهٔ ناخوانا",
        "geometry.kind": "گونهٔ نادرست هندسه", "geometry.notFinite": "مختصات نامتناهی", "geometry.outOfRange": "مختصات بسیار دور",
        "geometry.duplicate": "هندسهٔ تکراری", "geometry.curve": "خم", "ring.open": "حلقهٔ باز", "ring.tooFewPoints": "نقطه‌های بسیار کم",
        "ring.selfCrossing": "حلقه خود را می‌برد", "ring.zeroArea": "حلقهٔ بی‌مساحت", "ring.holeOutside": "حفرهٔ بیرون از حلقه",
        "area.invalid": "سطح نادرست", "address.empty": "نشانی تهی", "code.missing": "بدون کد", "code.repeated": "کد تکراری",
        "code.ambiguous": "کد دوپهلو", "place.outsideCity": "بیرون از محدودهٔ شهر", "text.undecodable": "متن ناخوانا",
        "column.unknown": "ستون ناشناخته", "crs.stated": "دستگاه مختصات دیگر", "crs.doubtful": "دستگاه مختصات مشکوک",
        "crs.displaced": "جابه‌جایی یکسان همه", "crs.units": "یکای طول", "file.truncated": "پروندهٔ بریده", "file.noRows": "پروندهٔ بی‌ردیف",
        "encoding.guessed": "رمزگذاری حدسی", "parcel.unknown": "قطعهٔ ناشناخته", "row.repeated": "ردیف تکراری",
        "plan.unknown": "طرح ناشناخته", "zone.unknown": "پهنهٔ ناشناخته",
    ]
}
